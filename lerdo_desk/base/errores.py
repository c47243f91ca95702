"""The three ways an errand can end badly: the person can act, the surroundings failed, or it was cancelled.

Each message is one sentence in Mexican Spanish that says what happened and what to do, ready for the screen.
"""


class ErrorDeUso(Exception):  # noqa: N818 -- in Spanish the noun comes first
    """Something the person can put right: wrong input, a rule of the house, a missing permission.

    ``mensaje`` is the sentence for the screen; ``campo`` names the input it belongs beside, if there is one.
    """

    def __init__(self, mensaje: str, campo: str | None = None) -> None:
        super().__init__(mensaje)
        self.mensaje = mensaje
        self.campo = campo


class ErrorDeEntorno(Exception):  # noqa: N818
    """Disk, network, printer or server failed; nothing the person typed is wrong.

    ``mensaje`` is the sentence for the screen; ``detalle`` is what the machine said, for whoever repairs it.
    """

    def __init__(self, mensaje: str, detalle: str = "") -> None:
        super().__init__(mensaje)
        self.mensaje = mensaje
        self.detalle = detalle


class Cancelado(Exception):  # noqa: N818
    """The person pressed Cancelar: the work stops and its transaction rolls back; it is not a failure."""
