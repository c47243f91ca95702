"""lerdo_desk: the back office of a municipality, one program over one central database."""

__version__ = "0.1.0"
