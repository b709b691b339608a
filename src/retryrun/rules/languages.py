"""What the system says in other languages: the texts of error numbers in the GNU C library.

German, French, Spanish, Italian, Portuguese (of Portugal and Brazil), Dutch, Polish, Swedish.
"""

from __future__ import annotations

from ..core.failure import CRITICAL, LOW, NETWORK, RESOURCE, TRANSIENT
from .fact import CAUSE, DECISIVE, fact

FACTS = (
    fact(
        "dns.unresolved",
        NETWORK,
        "der name oder der dienst ist nicht bekannt|namensauflösung|nom ou service inconnu"
        "|résolution du nom|nombre o servicio desconocido|resolución del nombre"
        "|nome o servizio sconosciuto|risoluzione del nome|nome ou serviço desconhecido"
        "|resolução de nome|naam of dienst is niet bekend|naamsherleiding|nazwa lub usługa"
        "|namn eller tjänst okänd|namnuppslagning misslyckades",
        "a host name could not be resolved",
        "wget: db.example.org: Der Name oder der Dienst ist nicht bekannt",
        "der Name des Dienstes ist bekannt",
    ),
    fact(
        "dns.unresolved",
        NETWORK,
        "nicht aufgelöst werden|parvient pas à résoudre|impossible de résoudre|no se pudo resolver"
        "|impossibile risolvere|possível resolver|impossível resolver|kan host-adres"
        "|kunde inte slå upp|udało się rozwiązać adresu|udało się przetłumaczyć nazwy"
        "|traduire le nom d'hôte",
        "a host name could not be resolved, in the words of apt, wget and libpq",
        "wget: no se pudo resolver la dirección del equipo «db.example.org»",
        "impossible de résoudre les dépendances",
        # "Cannot resolve" is said of symbols and dependencies, too: a host must be spoken of.
        pattern=r"(?::/|\bh[ôo]te|host|\w?adres|direcci[óo]n|indirizzo|endereço).{0,300}"
        r"(?:aufgelöst|résoudre|resolver|risolvere|herleiden|slå upp)"
        r"|(?:résoudre|resolver|risolvere|slå upp|rozwiązać|przetłumaczyć|traduire)\b.{0,40}"
        r"(?:\bh[ôo]te|host|adres|dirección|indirizzo|endereço)"
        r"|^\W*[\w-]+(?:\.[\w-]+)+\W{1,3}konnte nicht aufgelöst"
        r"|^\s*ne parvient pas à résoudre \W{1,3}[\w-]+\.",
    ),
    fact(
        "net.refused",
        NETWORK,
        "verbindungsaufbau abgelehnt|connexion refusée|conexión rehusada|connessione rifiutata"
        "|conexão recusada|ligação recusada|verbinding is geweigerd|połączenie odrzucone"
        "|förbindelsen förvägrad",
        "the other side does not accept connections",
        "connect (111: Verbindungsaufbau abgelehnt)",
        "der Antrag wurde abgelehnt",
    ),
    fact(
        "net.reset",
        NETWORK,
        "vom kommunikationspartner zurückgesetzt|connexion ré-initialisée|conexión reinicializada"
        "|connessione interrotta|conexão fechada pela outra|ligação reposta"
        "|verbinding is weggevallen|połączenie zerwane|förbindelse borttagen",
        "the connection broke off",
        "recv: Connexion ré-initialisée par le correspondant",
        "la connexion est initialisée",
    ),
    fact(
        "net.timeout",
        NETWORK,
        "wartezeit für die verbindung ist abgelaufen|expiration du délai d'attente"
        "|expiró el tiempo de conexión|connessione scaduta|tempo esgotado para conexão"
        "|ligação expirada|verbinding is verlopen|czas oczekiwania na połączenie"
        "|förbindelsens tidsgräns",
        "the other side did not answer in time",
        "connect: Die Wartezeit für die Verbindung ist abgelaufen",
        "die Wartezeit ist kurz",
    ),
    fact(
        "net.unreachable",
        NETWORK,
        "netzwerk ist nicht erreichbar|keine route zum zielrechner|réseau n'est pas accessible"
        "|pour atteindre l'hôte cible|red es inaccesible|ninguna ruta hasta"
        "|rete non è raggiungibile|nessun instradamento|rede está fora de alcance|rede inacessível"
        "|rota para o host|netwerk is onbereikbaar|geen route naar host|sieć jest niedostępna"
        "|brak trasy do hosta|nätverket kan inte nås|ingen väg till värd",
        "there is no way to the host",
        "connect: Das Netzwerk ist nicht erreichbar",
        "das Netzwerk ist erreichbar",
        weight=CAUSE,
    ),
    fact(
        "disk.full",
        RESOURCE,
        "kein speicherplatz mehr|aucun espace disponible|no queda espacio en el dispositivo"
        "|spazio esaurito sul device|há espaço disponível no dispositivo"
        "|sem espaço livre no dispositivo|geen ruimte meer over|brak miejsca na urządzeniu"
        "|enheten är full",
        "a disk or a quota is full",
        "cp: 'x': Auf dem Gerät ist kein Speicherplatz mehr verfügbar",
        "der Speicherplatz ist frei",
        weight=DECISIVE + 6,
        severity=CRITICAL,
    ),
    fact(
        "lock.held",
        TRANSIENT,
        "ein anderer git-prozess|un autre processus git|otro proceso git|altro processo git"
        "|outro processo git|inny proces gita|annan git-process",
        "another process holds a lock, in the words of git",
        "Ein anderer Git-Prozess scheint in diesem Repository ausgeführt",
        "ein anderer Prozess",
        weight=DECISIVE - 2,
        severity=LOW,
    ),
    fact(
        "memory.out",
        RESOURCE,
        "genügend hauptspeicher|peut allouer de la mémoire|pudo asignar memoria"
        "|impossibile allocare memoria|possível alocar memória|impossível alocar memória"
        "|onvoldoende geheugen|przydzielić pamięci|kan inte allokera minne",
        "memory ran out",
        "fork: Nicht genügend Hauptspeicher verfügbar",
        "der Hauptspeicher ist frei",
        weight=DECISIVE + 4,
    ),
    fact(
        "files.too-many",
        RESOURCE,
        "zu viele offene dateien|trop de fichiers ouverts|demasiados ficheros abiertos"
        "|troppi file aperti|muitos arquivos abertos|te veel open bestanden|dużo otwartych plików"
        "|för många öppna filer",
        "file descriptors or watchers ran out",
        "accept: Zu viele offene Dateien",
        "die offenen Dateien",
        weight=DECISIVE + 4,
    ),
)
