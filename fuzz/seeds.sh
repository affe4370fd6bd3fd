#!/usr/bin/env bash
# Writes a few inputs to start from into DIRECTORY/TARGET.
set -euo pipefail
directory=$1
for target in model_fuzz lane_fuzz text_fuzz http_fuzz serve_fuzz arpa_fuzz store_fuzz session_fuzz; do
  mkdir -p "$directory/$target"
done

# No change; one byte; a stretch of the first model.
printf 'a' >"$directory/model_fuzz/sound"
printf '\1\0\1\0\377' >"$directory/model_fuzz/one-byte"
printf '\0\0\2\0\377\0\2\1\377\0\2\2\377\0\2\3\377' >"$directory/model_fuzz/stretch"

# No change; mu; totals of nothing; words that may be offered without a class; a row that stays in
# one class; sections cut and grown.
bytes() { head -c "$1" /dev/zero | tr '\0' "$2"; }
printf '\0' >"$directory/lane_fuzz/sound"
printf '\1\0\0\14\4\0\0\200\77' >"$directory/lane_fuzz/smoothing"
{ printf '\0\4\0\0\140'; bytes 96 '\0'; } >"$directory/lane_fuzz/totals"
{ printf '\1\1\0\0\377'; bytes 255 '\377'; } >"$directory/lane_fuzz/classes"
{ printf '\0\3\0\4\20'; bytes 16 '\0'; } >"$directory/lane_fuzz/row"
printf '\1\206\1\0\0\210\0\1\1\5' >"$directory/lane_fuzz/sizes"

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

# The first byte: 0 a whole request, 1 a typing session, then the routes as serve_fuzz.cc counts them.
printf '\0POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 31\r\n\r\n{"prompt":"The","max_tokens":2}GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n' \
  >"$directory/serve_fuzz/request"
printf '\1%s\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n%s\n' \
  '{"type":"open","id":1,"before":"The zqx ","after":" it","options":{"count":3,"phrases":true,"repairs":true,"reoffer":true,"learn":true,"languages":["en"],"source":"page"}}' \
  '{"type":"edit","id":2,"erase":1,"insert":"z","pasted":false}' '{"type":"pick","id":3,"list":"words","index":0,"words":0}' \
  '{"type":"type","id":4,"characters":","}' '!zqx' '{"type":"update","id":5,"before":"кошка е","after":"","pasted":true}' \
  '{"type":"initials","id":6,"count":3}' '{"type":"pick","list":"initials","words":1}' \
  '{"type":"branch","id":7,"count":4,"words":6}' '{"type":"open","options":{"learn":false}}' \
  >"$directory/serve_fuzz/session"
printf '\2{"before":"The c","after":"","count":5,"phrases":true,"repairs":true,"languages":["en","ru"]}' \
  >"$directory/serve_fuzz/suggest"
printf '\4{"key":"sesame"}' >"$directory/serve_fuzz/sign-in"
printf '\6search=zq&sort=recent&offset=0&limit=50' >"$directory/serve_fuzz/ledger"
printf '\10{"word":"zqx","for_good":true}' >"$directory/serve_fuzz/forget-word"
printf '\10{"since":1000,"until":1500}' >"$directory/serve_fuzz/forget-time"
printf '\10{"source":"page"}' >"$directory/serve_fuzz/forget-source"
printf '\11' >"$directory/serve_fuzz/undo"
{
  printf '\13'
  cat "$(dirname "$(readlink -f "$0")")/store_export.txt"
} >"$directory/serve_fuzz/import"
printf '\15{"word":"zqx","language":"en","meaning":"complete"}' >"$directory/serve_fuzz/block"
printf '\21{"model":"en","prompt":["The cat",[1,5]],"max_tokens":4,"n":2,"best_of":2,"echo":true,"logprobs":2,"stop":["."],"suffix":"","stream":true,"temperature":0.7,"top_p":0.9,"seed":1,"logit_bias":{"5":-100},"presence_penalty":1,"frequency_penalty":1,"stream_options":{"include_usage":true}}' \
  >"$directory/serve_fuzz/completions"
printf '\21{"model":"ru","prompt":"Кошка ест","max_tokens":0,"echo":true,"logprobs":1}' >"$directory/serve_fuzz/echo"
printf '\22{"model":"tercet-en","messages":[{"role":"system","content":"Be"},{"role":"user","content":[{"type":"text","text":"The cat"}]}],"max_tokens":5,"stream":true,"logprobs":true,"top_logprobs":3,"n":1}' \
  >"$directory/serve_fuzz/chat"
printf '\22{"messages":[{"role":"user","content":"### Task:\\nGenerate 1-3 broad tags\\n### Chat History:\\n<chat_history>\\nUSER: The cat\\n</chat_history>"}]}' \
  >"$directory/serve_fuzz/task"
printf '\23{"prompt":["The dog",{"prompt_string":"a"}],"n_predict":5,"n_probs":3,"stream":true,"repeat_penalty":1.1,"repeat_last_n":64,"min_p":0.1,"top_k":40,"ignore_eos":true,"t_max_predict_ms":5,"logit_bias":[[5,false]],"return_tokens":true}' \
  >"$directory/serve_fuzz/completion"
printf '\25{"input_prefix":"The c","input_suffix":".","prompt":"","input_extra":[],"n_predict":3}' >"$directory/serve_fuzz/infill"
printf '\26{"content":"The cat, «Ёлка»","add_special":true,"with_pieces":true}' >"$directory/serve_fuzz/tokenize"
printf '\27{"tokens":[1,5,6,2]}' >"$directory/serve_fuzz/detokenize"
printf '\30{"messages":[{"role":"user","content":"a"}]}' >"$directory/serve_fuzz/template"

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
