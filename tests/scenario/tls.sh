#!/usr/bin/env bash
# What is wrong with a host's certificate is told apart.
. "$(dirname "$0")/../lib/wire.sh"

command -v openssl >/dev/null || {
        ok "without openssl there is nothing to try"
        finish
}
wire
cd "$T" || exit 1
quiet() { "$@" >/dev/null 2>&1; }
quiet openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 -subj "/CN=Test authority"
quiet openssl req -x509 -newkey rsa:2048 -nodes -keyout self.key -out self.pem -days 30 -subj "/CN=127.0.0.1" \
        -addext "subjectAltName=IP:127.0.0.1"

# cert NAME SAN FROM TO: signed by the test's authority, valid between the two
cert()
{
        printf '[ca]\ndefault_ca=d\n[d]\ndatabase=%s.db\nserial=%s.srl\nnew_certs_dir=.\ncertificate=ca.pem\nprivate_key=ca.key\n' \
                "$1" "$1" >"$1.cnf"
        printf 'default_md=sha256\npolicy=p\nx509_extensions=x\n[p]\ncommonName=supplied\n[x]\nsubjectAltName=%s\n' "$2" >>"$1.cnf"
        : >"$1.db"
        echo 01 >"$1.srl"
        quiet openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1"
        quiet openssl ca -batch -config "$1.cnf" -in "$1.csr" -out "$1.pem" -startdate "$3" -enddate "$4"
}
cert good IP:127.0.0.1 20200101000000Z 20490101000000Z
cert other DNS:other.example 20200101000000Z 20490101000000Z
cert expired IP:127.0.0.1 20200101000000Z 20210101000000Z
cert early IP:127.0.0.1 20480101000000Z 20490101000000Z

P=$T/press
press "$P"
printf '<rss version="2.0"><channel><title>Behind TLS</title><item><title>One</title></item></channel></rss>' >"$T/feed.xml"

# outcome NAME OPTIONS...: of asking a server with that certificate
outcome()
{
        local name=$1 port
        shift
        port=$(free_port)
        start openssl s_server -accept "127.0.0.1:$port" -cert "$name.pem" -key "$name.key" -WWW -quiet "${server[@]}"
        until_true 10 bash -c "exec 3<>/dev/tcp/127.0.0.1/$port" || cat "$T/started.log"
        b "$P" feeds add --no-fetch "https://127.0.0.1:$port/feed.xml" >/dev/null
        b "$P" "$@" gather >/dev/null 2>&1
        query "$P" "SELECT outcome FROM feed WHERE url = 'https://127.0.0.1:$port/feed.xml'"
}
server=()
like "a good one" '^1 item' "$(outcome good -o "wire.ca=$T/ca.pem")"
like "an authority that we don't know" "^its certificate comes from an authority that we don't know; next try|without that of its issuer" \
        "$(outcome good)"
like "signed by itself" '^its certificate is signed by itself, by no authority; next' "$(outcome self)"
like "for another host" '^its certificate is for another host; next' "$(outcome other -o "wire.ca=$T/ca.pem")"
like "expired" '^its certificate has expired; next' "$(outcome expired -o "wire.ca=$T/ca.pem")"
like "not yet valid" '^its certificate is not valid yet' "$(outcome early -o "wire.ca=$T/ca.pem")"
server=(-tls1_1 -cipher "ALL:@SECLEVEL=0")
like "an old protocol" '^it speaks no version of TLS that we do|no TLS connection|broke off' "$(outcome good -o "wire.ca=$T/ca.pem")"
# A server that reads what comes, answers in plain text, and waits for the other side to end it: no reset can come first.
port=$(free_port)
start perl -MIO::Socket::INET -e '
        my $s = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => $ARGV[0], Listen => 5, ReuseAddr => 1) or die;
        while (my $c = $s->accept) {
                sysread $c, my $hello, 4096;
                syswrite $c, "HTTP/1.0 400 Bad request\r\n\r\n";
                sysread $c, my $end, 4096;
                close $c;
        }' "$port"
until_true 5 bash -c "echo >/dev/tcp/127.0.0.1/$port"
plain=https://127.0.0.1:$port/feed.xml
b "$P" feeds add --no-fetch "$plain" >/dev/null
b "$P" gather >/dev/null
like "no TLS at all" '^it does not speak TLS at this port; next' "$(query "$P" "SELECT outcome FROM feed WHERE url = '$plain'")"
is "all are told apart from a dead host" "$(query "$P" "SELECT COUNT(*) FROM feed WHERE fault = 'tls'")" 7
like "a file of authorities that isn't there" "wire.ca: .* can't be read" "$(outcome good -o wire.ca=/nowhere.pem)"

finish
