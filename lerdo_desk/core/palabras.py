"""Common words, without accents, for phrases that are generated and dictated."""

_LISTA = """
abeja acero agave aguja alba aldea almeja alpaca amapola anillo arado arbol arena arroyo aurora
avena azafran bahia balsa bambu barco barro bisonte bosque brisa bronce brujula cabra cacao cactus
cadena caldera camino campana canela canto caoba caracol carbon cardo carpa castor cedro cereza
cerro cielo cigarra cima ciruela cobre colibri colina cometa concha copal coral cosecha costa crin
cuarzo cuesta cumbre dalia danza delta desierto diamante duna durazno ebano encino enero escala
espiga esquina estambre estrella faro feria fibra flauta flecha foca fogata fresa fuente gacela
galeon garza gaviota girasol golfo granada granito grillo guayaba guitarra halcon harina helecho
hielo higo hoguera hormiga huerta isla jade jaguar jardin jazmin jilguero jinete jitomate junco
laguna lana lanza laurel lechuza lienzo lima limon lince llama llano lluvia lobo loma lucero luna
maceta madera maguey maiz manantial mango mapa marea marfil margarita martillo mazorca membrillo
mesa metal miel milpa mimbre molino monte mora musgo naranja nardo nieve nogal nopal nube nuez oasis
obsidiana ocaso ola olivo olmo ombu opalo orilla oro oso otono palma paloma pampa papaya parra pasto
pera perla petalo piedra pino pinon pirul plata playa pluma polen portal potro pozo pradera puente
puerto quetzal raiz rama rancho relampago remo resina riel rio roble roca rocio rosa rueda sabino
salvia sandia sauce selva semilla senda sierra silbato sol tamarindo tambor tejon telar templo
tierra tigre timon tinta toldo topacio torre tortuga trebol trigo trueno tuna turquesa uva valle
vela venado verano vereda viento viga vino yegua yunta zafiro zarza zorro
"""

PALABRAS = tuple(_LISTA.split())
