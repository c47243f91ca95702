"""Sistema: accounts of the people who use the program, and each one's own phrase."""

from lerdo_desk.core.registry import Modulo

MODULO = Modulo("sistema", "Sistema", "settings", 90)
