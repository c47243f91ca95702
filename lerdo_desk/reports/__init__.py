"""Papers and spreadsheets: sealed values come in as frozen dataclasses, bytes of a PDF or XLSX go out."""
