#!/usr/bin/env bash
# Writes a few inputs to start from into DIRECTORY/TARGET.
set -euo pipefail
directory=$1
for target in model_fuzz text_fuzz http_fuzz arpa_fuzz store_fuzz session_fuzz; do
  mkdir -p "$directory/$target"
done

# No change; one byte; a stretch of the first model.
printf 'a' >"$directory/model_fuzz/sound"
printf '\1\0\1\0\377' >"$directory/model_fuzz/one-byte"
printf '\0\0\2\0\377\0\2\1\377\0\2\2\377\0\2\3\377' >"$directory/model_fuzz/stretch"

printf '\0The cat sat. "Don'\''t!" said Mr. Smith: http://a.b/c, 3.14 e-mails to a@b.cc' \
  >"$directory/text_fuzz/english"
printf '\1Ёлка, кто-то и т. д. — «Да»; за\xCC\x81мок (5 млн.) 😀👍🏽' >"$directory/text_fuzz/russian"
printf '\2e\xCC\x81\xCC\xA7\xFF\xED\xA0\x80\xEF\xBB\xBF中文 ﬁ İ ß ŉ' >"$directory/text_fuzz/odd"

printf 'GET /a/%%D1%%8F?a=%%20 HTTP/1.1\r\nHost: localhost:80\r\nX-Api-Key: key\r\n\r\nGET / HTTP/1.0\r\n\r\n' \
  >"$directory/http_fuzz/two"
printf 'POST /a HTTP/1.1\r\nHost: name.example\r\nAuthorization: Bearer key\r\nContent-Length: 2\r\n\r\nab' \
  >"$directory/http_fuzz/body"
printf 'POST /a HTTP/1.1\r\nHost: [::1]\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nX: y\r\n\r\n' \
  >"$directory/http_fuzz/chunks"
printf 'GET /a/b HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nCookie: a=b; tercet_sign_in=c\r\n\r\n' \
  >"$directory/http_fuzz/cookie"
printf 'OPTIONS /b HTTP/1.1\r\nHost: localhost\r\nOrigin: https://friend.example\r\nAccess-Control-Request-Method: PUT\r\n\r\n' \
  >"$directory/http_fuzz/preflight"

cat >"$directory/arpa_fuzz/small" <<'ARPA'
\data\
ngram 1=5
ngram 2=3
ngram 3=1

\1-grams:
-1.2	<unk>	0
0	<s>	-0.3
-0.7	</s>	0
-0.6	a	-0.2
-0.6	the	-0.4

\2-grams:
-0.2	<s> a	-0.1
-0.3	a the
-0.4	the </s>	0

\3-grams:
-0.1	<s> a the

\end\
ARPA

# All kinds of records: learnt, undone, forgotten in every way, doubted, blocked.
cp "$(dirname "$(readlink -f "$0")")/store_export.txt" "$directory/store_fuzz/export"

# Operations and pieces of text, as session_fuzz.cc counts them: words typed and picked; an own word
# written twice, deleted, written in another layout; pasted, blocked, the caret moved.
printf '\14\1\14\2\10\14\0\7\1\1\0\0\7\1\0\0\1\14\14\10' >"$directory/session_fuzz/picked"
printf '\14\13\14\13\4\3\14\11\10\5\14\30\10\7\1\1\0\0' >"$directory/session_fuzz/own"
printf '\1\1\3\0\2\71my secret is here. So \1\12\0\2\6\5\14\4\10\12\0\2\10' \
  >"$directory/session_fuzz/pasted"
