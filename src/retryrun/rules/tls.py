"""TLS and SSH: certificates, host keys, protocols, handshakes."""

from __future__ import annotations

from ..core.failure import HIGH, NETWORK, PERMANENT
from .fact import DECISIVE, fact

FACTS = (
    fact(
        "tls.certificate",
        PERMANENT,
        "certificate|certificates|cert_has_expired|self_signed_cert|depth_zero_self_signed_cert"
        "|certificateerror|unable_to_verify_leaf_signature|unable_to_get_issuer_cert"
        "|certificate_verify_failed|x509|pkix|trust relationship|trust evaluation|knownhosts"
        "|bad_cert|hostname_check_failed|cert_untrusted|err_tls_cert_altname_invalid"
        "|host key verification failed|badcertificate|self-signed|unknownissuer|unknown issuer"
        "|unknown ca|err_cert_authority_invalid|err_cert_date_invalid|notvalidforname"
        "|err_cert_common_name_invalid|trust anchor|sslcertverificationerror|untrusted_root"
        "|self signed|host identification has changed|peer's certificate|no valid certificate"
        "|certificatenotvalid|certpathvalidatorexception|certification path|certificate_unknown"
        "|signed by known authorities|hostname mismatch|caused as end entity|causedasendentity"
        "|remotecertificatenamemismatch|partialchain|no hostkey alg|host key for"
        "|issuer certificate",
        "a certificate or host key does not verify",
        "error: SSL certificate problem: self-signed certificate in certificate chain",
        "Storing certificate for later use",
        weight=DECISIVE + 4,
        severity=HIGH,
        pattern=(
            r"certificate (?:problem|verif\w+|is not|has expired|signed by|expired|was not"
            r"|not trusted|validation|revoked|error|mismatch|has been|cannot|could not|unknown"
            r"|of .{1,200} is not|of .{1,200} doesn't|is (?:expired|invalid|untrusted|self|bad)"
            r"|name|subject|chain|common|host|unverified|required|rejected|authority|is valid for)"
            r"|(?:invalid|bad|expired|untrusted|self[- ]signed|unknown|revoked|verify|verifying"
            r"|verified|unverified|unsafe|unable to get local issuer|validate|doesn't match"
            r"|get local issuer|no valid|remote|peer's)\b(?: the| peer| server| remote| tls| ssl"
            r"| leaf| host| first| local issuer| ssl/tls| server's)* certificate"
            r"|certificate_verify_failed|cert_has_expired|self_signed_cert|unable_to_verify_leaf"
            r"|unable_to_get_issuer|x509: ?(?:certificate|cannot|failed|invalid)"
            r"|establish trust relationship|certificate trust evaluation .{0,80}did not return"
            r"|knownhosts: key|\bbad_cert\b|hostname_check_failed|\bpkix\b|cert_untrusted"
            r"|altname_invalid|host key verification failed|badcertificate|unknown ?issuer"
            r"|unknown ca\b|err_cert_\w+|trust ?anchor|sslcertverification|untrusted_root"
            r"|certificate's owner|signed by known authorit|host identification has changed"
            r"|causedasendentity|hostname mismatch|certpathvalidator|certification path"
            r"|certificate_unknown|notvalidforname|certificateerror|remotecertificate|partialchain"
        ),
    ),
    fact(
        "tls.protocol",
        PERMANENT,
        "version number|wrong_version_number|unsupported protocol|unsupported_protocol"
        "|no protocols available|alert handshake failure|protocol version|no shared cipher"
        "|tls handshake|packet length too long|response to https client|unrecognized name"
        "|dh key too small|corruptmessage|invalidcontenttype|plaintext connection"
        "|err_ssl_protocol_error|err_ssl_version_or_cipher_mismatch|unable to negotiate"
        "|no matching host key type|no matching key exchange"
        "|unsupported or unrecognized ssl message|wrong_version|handshakefailure"
        "|unexpected tls packet|unexpected_message|not an ssl",
        "the two sides have no TLS in common",
        "curl: (35) error:0A00010B:SSL routines::wrong version number",
        "error: wrong version number in package.json",
        weight=DECISIVE + 2,
        pattern=(
            r"(?:ssl|tls).{0,300}wrong[ _]version[ _]number\b|(?:ssl"
            r"|tls).{0,60}unsupported[ _]protocol\b|no protocols available|alert handshake failure"
            r"|alert protocol version|no shared cipher|not look like a tls handshake"
            r"|packet length too long|http response to https client|unrecognized name"
            r"|dh key too small|corruptmessage|invalidcontenttype|err_ssl_(?:protocol|version)"
            r"|unable to negotiate with|no matching (?:host key|key exchange|cipher)"
            r"|unrecognized ssl message|handshakefailure|unexpected tls packet"
        ),
    ),
    fact(
        "tls.handshake",
        NETWORK,
        "handshake|ssl connect error|tls connect error|ssl_connect|gnutls_handshake|ssl_read"
        "|gnutls recv error|unexpected length|pull function|secure tls connection|ssl_error"
        "|kex_exchange_identification|banner exchange|tls connection|secure connection"
        "|ssl connection|ssl error|ssh protocol banner|identification string",
        "a TLS or SSH handshake broke off",
        "net/http: TLS handshake timeout",
        "the handshake module was rebuilt",
        pattern=(
            r"(?:ssl|tls)[\w/ -]*handshake.{0,40}(?:timeout|timed|eof|failed|failure|error|aborted"
            r"|interrupted)|remote host terminated the handshake|handshake (?:timed|terminated"
            r"|failed|timeout|interrupted|failure)|error in the pull function|ssl_connect"
            r"|unexpected length|gnutls recv error|openssl ssl_read|(?:tls|ssl) connect error"
            r"|secure tls connection was|opening tls connection .{0,200}failed"
            r"|kex_exchange_identification|banner exchange|(?:unable|failed|could not"
            r"|cannot) (?:to )?(?:establish|create) (?:an? )?(?:secure|ssl|tls) (?:\w+ )?connection"
            r"|reading ssh protocol banner|ssl_error_zero|identification string"
        ),
    ),
)
