"""Databases: psql, mysql, sqlite, mongo, redis, migrations."""

from __future__ import annotations

from ..core.failure import LOW, NETWORK, PERMANENT, TRANSIENT
from .fact import CAUSE, DECISIVE, HINT, fact

FACTS = (
    fact(
        "sqlstate.passing",
        TRANSIENT,
        "sqlstate",
        "a code of SQL that names what passes: a lost race, a lock, a server that starts or stops",
        "ERROR: could not finish (SQLSTATE 40P01)",
        "ERROR: no such column (SQLSTATE 42703)",
        weight=CAUSE + 4,
        severity=LOW,
        pattern=r"\bsqlstate\W{1,4}(?:40\w{3}|55p03|55006|57p0[1-3]|53300)\b",
    ),
    fact(
        "socket.absent",
        NETWORK,
        "on socket|.sock|through socket",
        "the server that listens at a socket of this machine is not running",
        'connection to server on socket "/run/x.5432" failed: No such file or directory',
        "the file x.sock is no socket",
        pattern=r"(?:\b(?:on|through) socket|\.sock)\b.{0,100}(?:no such file|\(2\))",
    ),
    fact(
        "net.sqlstate",
        NETWORK,
        "sqlstate",
        "a code of SQL that names a connection",
        "could not read the rows (SQLSTATE 08006)",
        "the server refused the session (SQLSTATE 08004)",
        weight=HINT,  # some clients use it for every connection that is not to be had
        pattern=r"\bsqlstate\W{1,4}080(?:00|01|03|06|07)\b",
    ),
    fact(
        "db.constraint",
        PERMANENT,
        "duplicate key value|unique constraint|duplicate entry|foreign key constraint|violates"
        "|not-null constraint|constraint failed|integrityerror|e11000",
        "the data break a rule of the schema",
        'ERROR:  duplicate key value violates unique constraint "a_pkey"',
        "no constraint",
        pattern=r"duplicate key|violates \S+ ?\S* ?constraint|duplicate entry"
        r"|foreign key constraint fails|constraint failed|integrityerror|\be11000\b",
        weight=CAUSE + 6,
    ),
    fact(
        "db.schema",
        PERMANENT,
        "no such table|no such column|relation|doesn't exist|undefined column|unknown column"
        "|undefinedtable|duplicatetable",
        "no such table or column, or it is there already",
        "Error: in prepare, no such table: t",
        "in relation to",
        pattern=r"no such (?:table|column)|(?:relation|column|table|database|role"
        r"|schema) .{1,100} (?:does not exist|doesn't exist|already exists)|unknown column"
        r"|undefined(?:table|column)|duplicatetable",
        weight=CAUSE + 6,
    ),
    fact(
        "db.syntax",
        PERMANENT,
        'syntax error at or near|error in your sql syntax|near "|programmingerror',
        "the SQL is wrong",
        'ERROR:  syntax error at or near "selct"',
        "the syntax is right",
        pattern=r"syntax error at or near|error in your sql syntax"
        r"|near \"[^\"]{0,80}\": syntax error|programmingerror",
        weight=CAUSE + 6,
    ),
    fact(
        "mysql.gone",
        NETWORK,
        "lost connection to mysql|lost connection to server|mysql server has gone away|error 2013"
        "|error 2006",
        "MySQL's connection broke off",
        "ERROR 2013 (HY000): Lost connection to MySQL server during query",
        "gone fishing",
    ),
    fact(
        "mysql.connect",
        NETWORK,
        "can't connect to",
        "MySQL could not be reached",
        "ERROR 2002 (HY000): Can't connect to server on '203.0.113.20' (115)",
        "can't connect the dots",
        pattern=r"can't connect to (?:local |mysql )*server",
        weight=CAUSE,
    ),
    fact(
        "redis.refused-command",
        PERMANENT,
        "wrongtype|err unknown command|noscript|noperm|err wrong number",
        "Redis does not take the command",
        "WRONGTYPE Operation against a key holding the wrong kind of value",
        "the wrong type of person",
    ),
    fact(
        "redis.server-closed",
        NETWORK,
        "server closed the connection",
        "Redis closed the connection",
        "Error: Server closed the connection",
        "the server closed its case",
    ),
    fact(
        "db.starting",
        TRANSIENT,
        "database system is|57p03",
        "the database server starts, stops or recovers",
        'connection to server at "h", port 5432 failed: FATAL:  the database system is starting up',
        "the database system is PostgreSQL",
        pattern=r"database system is (?:starting up|shutting down|in recovery mode"
        r"|not (?:yet )?accepting connections)|sqlstate:? 57p03",
        weight=DECISIVE,
        severity=LOW,
    ),
    fact(
        "db.login",
        PERMANENT,
        "no password supplied|but ssl was required|no pg_hba|peer authentication failed"
        "|ident authentication failed",
        "the database does not let this user in, or not in this way",
        'connection to server at "h", port 5432 failed: fe_sendauth: no password supplied',
        "no password is needed",
        weight=CAUSE + 6,
    ),
    fact(
        "db.too-many",
        TRANSIENT,
        "too many connections|too many clients|remaining connection slots",
        "the server has no connection free",
        "ERROR 1040 (HY000): Too many connections",
        "too many cooks",
        weight=DECISIVE,
    ),
    fact(
        "mongo.selection",
        NETWORK,
        "mongoserverselectionerror|serverselectiontimeouterror|no replica set members",
        "no MongoDB server answers",
        "MongoServerSelectionError: Server selection timed out after 500 ms",
        "server selection menu",
        weight=HINT,
    ),
    fact(
        "alembic.revision",
        PERMANENT,
        "can't locate revision|multiple head revisions|target database is not up to date",
        "migrations do not fit",
        "FAILED: Can't locate revision identified by 'e503429'",
        "revision located",
        weight=CAUSE + 6,
    ),
)
