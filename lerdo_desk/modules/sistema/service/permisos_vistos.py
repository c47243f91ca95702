"""Who can do what: the matrix of the house by profile, and person by person, as lists in memory.

The matrix is declared in the program and not written in the database: here it is searched, filtered and
handed over as any other list.
"""

from collections.abc import Generator, Sequence
from typing import Any

from lerdo_desk.base.calendario import hora_local
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.letras import normaliza
from lerdo_desk.base.listas import (
    CONTIENE,
    EMPIEZA,
    IGUAL,
    LLENO,
    VACIO,
    ColumnaDeLista,
    Fila,
    Filtro,
    ListaDescrita,
    Pagina,
    Pedido,
    Salida,
)
from lerdo_desk.core import instalacion, registry, usuarios
from lerdo_desk.core.permisos import PERFILES, Permiso
from lerdo_desk.core.use_cases import Context, Progress, use_case
from lerdo_desk.modules.sistema.service.permisos import VER_PERMISOS

SI, NO = "SI", "NO"
_SI_O_NO = ((SI, "Sí"), (NO, "–"))
_TABLAS = frozenset((usuarios.Usuario.__tablename__, usuarios.UsuarioEvento.__tablename__))
_LOTE = 1000

PERFILES_Y_PERMISOS = ListaDescrita(
    "sistema.permisos",
    "Perfiles y permisos",
    (
        ColumnaDeLista("direccion", "Dirección", ancho=170, ordenable=True),
        ColumnaDeLista("permiso", "Qué se puede hacer", ancho=330, ordenable=True),
        ColumnaDeLista("efecto", "Efecto", ancho=110, opciones=(("LEE", "Consulta"), ("ESCRIBE", "Escribe"))),
        *(ColumnaDeLista(p, p.capitalize(), ancho=105, opciones=_SI_O_NO) for p in PERFILES),
        ColumnaDeLista("clave", "Clave", ancho=210, oculta=True),
    ),
    (("direccion", "asc"), ("permiso", "asc")),
)
QUIEN_PUEDE = ListaDescrita(
    "sistema.quien_puede",
    "Quién puede hacer qué",
    (
        ColumnaDeLista("persona", "Persona", ancho=240, ordenable=True),
        ColumnaDeLista("usuario", "Usuario", ancho=160, ordenable=True),
        ColumnaDeLista("perfil", "Perfil", ancho=130, opciones=tuple((p, p.capitalize()) for p in PERFILES)),
        ColumnaDeLista("direccion", "Dirección", ancho=170, ordenable=True),
        ColumnaDeLista("permiso", "Qué puede hacer", ancho=330, ordenable=True),
        ColumnaDeLista("efecto", "Efecto", ancho=110, opciones=(("LEE", "Consulta"), ("ESCRIBE", "Escribe"))),
    ),
    (("persona", "asc"), ("direccion", "asc"), ("permiso", "asc")),
    _TABLAS,
)


@use_case(VER_PERMISOS)
def perfiles_y_permisos(ctx: Context, orden: Pedido) -> Pagina:
    """Give one page of the matrix: what may be done, and which profiles may."""
    return pagina_de(PERFILES_Y_PERMISOS, _matriz(), orden)


@use_case(VER_PERMISOS)
def perfiles_y_permisos_enteros(ctx: Context, orden: Salida) -> Generator[Progress, None, int]:
    """Hand the whole matrix over, for a file."""
    return _entregar(ctx, PERFILES_Y_PERMISOS, _matriz(), orden)


@use_case(VER_PERMISOS)
def quien_puede(ctx: Context, orden: Pedido) -> Pagina:
    """Give one page of what each person with an active account may do."""
    return pagina_de(QUIEN_PUEDE, _personas(ctx), orden)


@use_case(VER_PERMISOS)
def quien_puede_entero(ctx: Context, orden: Salida) -> Generator[Progress, None, int]:
    """Hand over what each person may do, for a file."""
    return _entregar(ctx, QUIEN_PUEDE, _personas(ctx), orden)


def _permisos() -> tuple[Permiso, ...]:
    """Give the permissions that some profile holds."""
    return tuple(p for p in instalacion.permisos() if p.perfiles)


def _de(permiso: Permiso, nombres: dict[str, str]) -> dict[str, Any]:
    direccion = permiso.clave.split(".")[0]
    escribe = permiso.inserta or permiso.ejecuta or permiso.actualiza
    return {
        "clave": permiso.clave,
        "permiso": permiso.nombre,
        "direccion": nombres.get(direccion, direccion.capitalize()),
        "efecto": "ESCRIBE" if escribe else "LEE",
    }


def _nombres() -> dict[str, str]:
    return {m.clave: m.nombre for m in registry.modulos()}


def _matriz() -> list[dict[str, Any]]:
    nombres = _nombres()
    return [
        _de(p, nombres) | {q: SI if q in p.perfiles else NO for q in PERFILES} | {"id": p.clave}
        for p in _permisos()
    ]


def _personas(ctx: Context) -> list[dict[str, Any]]:
    nombres = _nombres()
    dichos = [(p, _de(p, nombres)) for p in _permisos()]
    return [
        dicho
        | {"persona": u.nombre, "usuario": u.login, "perfil": u.perfil, "id": f"{u.login} {permiso.clave}"}
        for u in usuarios.listar(ctx.session)
        if u.activo
        for permiso, dicho in dichos
        if u.perfil in permiso.perfiles
    ]


def pagina_de(lista: ListaDescrita, filas: Sequence[dict[str, Any]], pedido: Pedido) -> Pagina:
    """Give one page of rows held in memory; ``despues`` of a request is the position to go on from.

    Raises ErrorDeUso for a column or an operator that the list does not have.
    """
    todas = _elegidas(lista, filas, pedido)
    desde = int(pedido.despues[0]) if pedido.despues else 0
    hasta = desde + max(pedido.limite, 0)
    columnas = [c.clave for c in lista.elegidas(pedido.columnas)]
    dadas = tuple(_fila(f, columnas) for f in todas[desde:hasta])
    siguiente = (hasta,) if dadas and hasta < len(todas) else None
    return Pagina(dadas, siguiente, len(todas) if pedido.totales else None)


def _fila(fila: dict[str, Any], columnas: Sequence[str]) -> Fila:
    return (*(fila[c] for c in columnas), fila["id"])


def _elegidas(lista: ListaDescrita, filas: Sequence[dict[str, Any]], pedido: Pedido) -> list[dict[str, Any]]:
    """Give the rows that a request asks for, in its order."""
    columnas = {c.clave: c for c in lista.columnas}
    palabras = normaliza(pedido.texto).split()
    elegidas = [f for f in filas if _dice(f, palabras, columnas) and _cumple(f, pedido.filtros, columnas)]
    for clave, sentido in reversed(pedido.orden or lista.orden):
        if clave not in columnas or not columnas[clave].ordenable:
            raise ErrorDeUso(f"«{lista.nombre}» no se ordena por esa columna; elija otra.")
        elegidas.sort(key=lambda f, c=clave: normaliza(str(f[c])), reverse=sentido == "desc")  # type: ignore[misc]
    return elegidas


def _dice(fila: dict[str, Any], palabras: Sequence[str], columnas: dict[str, ColumnaDeLista]) -> bool:
    if not palabras:
        return True
    escrito = normaliza(" ".join(str(fila[c.clave]) for c in columnas.values() if c.tipo == "texto"))
    return all(p in escrito for p in palabras)


def _cumple(fila: dict[str, Any], filtros: Sequence[Filtro], columnas: dict[str, ColumnaDeLista]) -> bool:
    return all(_una(fila, filtro, columnas) for filtro in filtros)


def _una(fila: dict[str, Any], filtro: Filtro, columnas: dict[str, ColumnaDeLista]) -> bool:
    clave, operador, valor = filtro
    if clave not in columnas or operador not in columnas[clave].operadores:
        raise ErrorDeUso("Esa columna no se puede filtrar así; elija otra condición.", clave)
    tiene = str(fila[clave])
    if operador in (VACIO, LLENO):
        return bool(tiene) is (operador == LLENO)
    if columnas[clave].opciones:
        return tiene == valor
    tiene, buscado = normaliza(tiene), normaliza(str(valor))
    if not buscado:
        raise ErrorDeUso(f"Escriba qué buscar en «{columnas[clave].titulo}».", clave)
    como = {CONTIENE: all(p in tiene for p in buscado.split()), EMPIEZA: tiene.startswith(buscado)}
    return como.get(operador, operador == IGUAL and tiene == buscado)


def _entregar(
    ctx: Context, lista: ListaDescrita, filas: Sequence[dict[str, Any]], salida: Salida
) -> Generator[Progress, None, int]:
    columnas = [c.clave for c in lista.elegidas(salida.pedido.columnas)]
    todas = _elegidas(lista, filas, salida.pedido)
    salida.recibe.empezar(len(todas), (), hora_local(ctx.ahora, ctx.zona).replace(tzinfo=None))
    yield Progress(0, len(todas), lista.nombre)
    for inicio in range(0, len(todas), _LOTE):
        lote = todas[inicio : inicio + _LOTE]
        salida.recibe.filas([_fila(f, columnas) for f in lote])
        yield Progress(inicio + len(lote), len(todas), lista.nombre)
    return len(todas)
