"""The rules of the house: permissions, use cases, accounts, approvals and the bitácora."""
