#!/usr/bin/env python3
"""Real clients against a running server: OpenAI's Python package and lm-evaluation-harness.

tests/clients/run clients_test build/release/bin/tercet [-v] [Harness]
"""

import json
import math
import os
import subprocess
import tempfile
from pathlib import Path

from clients_testing import MODELS, ClientsTest, start_main, text_of
from description import Description

# Nothing of the harness asks other machines.
os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"
os.environ["TQDM_DISABLE"] = "1"

# The harness asks for tokens without naming a model, so it can only measure the first one.
MODEL_FILE = MODELS[0]
MODEL = MODEL_FILE.stem
# Beyond this, the harness cuts a text into windows that forget what came before.
LONGEST = 1_000_000


def lines_of_text():
    """Every tenth line: of all its sources."""
    return [line + "\n" for line in text_of(MODEL).splitlines()[::10]]


def perplexity(text):
    """What `tercet perplexity --json` says."""
    command = [ClientsTest.binary, "perplexity", MODEL_FILE, "--json", "-"]
    run = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    return json.loads(run.stdout)


class OpenAi(ClientsTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        import openai

        cls.openai = openai
        cls.description = Description(cls.server.ask("GET", "/openapi.json")[1])
        cls.client = openai.OpenAI(
            base_url=cls.url + "/v1", api_key="none", max_retries=0,
            http_client=openai.DefaultHttpxClient(event_hooks={"response": [cls.check]}))
        cls.addClassCleanup(cls.client.close)

    @classmethod
    def check(cls, response):
        """Every answer is as the OpenAPI document says."""
        response.read()
        problems = cls.description.problems(
            response.request.method, response.request.url.path, response.status_code,
            response.headers["Content-Type"], response.text)
        if problems:
            raise AssertionError(problems)

    def test_models(self):
        self.assertIn(MODEL, [model.id for model in self.client.models.list()])
        self.assertEqual(MODEL, self.client.models.retrieve(MODEL).id)
        with self.assertRaises(self.openai.NotFoundError) as caught:
            self.client.completions.create(model="gpt-4", prompt="a")
        self.assertEqual("model_not_found", caught.exception.code)

    def test_completion_and_its_stream_agree(self):
        order = {"model": MODEL, "prompt": "I would like to", "max_tokens": 12, "seed": 3}
        whole = self.client.completions.create(**order)
        self.assertEqual("length", whole.choices[0].finish_reason)
        self.assertEqual(12, whole.usage.completion_tokens)
        pieces = list(
            self.client.completions.create(
                **order, stream=True, stream_options={"include_usage": True}
            )
        )
        self.assertEqual(
            whole.choices[0].text, "".join(p.choices[0].text for p in pieces if p.choices)
        )
        self.assertEqual(whole.usage, pieces[-1].usage)
        self.assertEqual("length", pieces[-2].choices[0].finish_reason)
        self.assertGreater(len(pieces), 5)

    def test_logprobs_of_an_echo(self):
        answer = self.client.completions.create(
            model=MODEL, prompt="It was a dark night. We", max_tokens=3, logprobs=2, echo=True
        )
        choice = answer.choices[0]
        logprobs = choice.logprobs
        self.assertIsNone(logprobs.token_logprobs[0])
        self.assertIsNone(logprobs.top_logprobs[0])
        self.assertEqual(
            answer.usage.prompt_tokens + answer.usage.completion_tokens, len(logprobs.tokens)
        )
        for token, offset in zip(logprobs.tokens, logprobs.text_offset):
            if token != "</s>":
                self.assertEqual(token, choice.text[offset : offset + len(token)])
        for token, own, top in list(
            zip(logprobs.tokens, logprobs.token_logprobs, logprobs.top_logprobs)
        )[1:]:
            self.assertEqual(own, top[token])
            self.assertIn(len(top), (2, 3))

    def test_chat_and_its_stream_agree(self):
        order = {
            "model": MODEL,
            "messages": [
                {"role": "system", "content": "Go on."},
                {"role": "user", "content": [{"type": "text", "text": "We want to"}]},
            ],
            "seed": 5,
            "logprobs": True,
            "top_logprobs": 3,
        }
        whole = self.client.chat.completions.create(**order).choices[0]
        self.assertEqual("assistant", whole.message.role)
        self.assertEqual("stop", whole.finish_reason)
        self.assertEqual(3, len(whole.logprobs.content[0].top_logprobs))
        pieces = [p.choices[0] for p in self.client.chat.completions.create(**order, stream=True)]
        self.assertEqual("assistant", pieces[0].delta.role)
        self.assertEqual(whole.message.content, "".join(p.delta.content or "" for p in pieces))
        self.assertEqual("stop", pieces[-1].finish_reason)
        self.assertEqual(
            whole.logprobs.content,
            [token for p in pieces if p.logprobs for token in p.logprobs.content],
        )

    def test_what_is_wrong_is_named(self):
        with self.assertRaises(self.openai.BadRequestError) as caught:
            self.client.completions.create(model=MODEL, prompt="a", temperature=-1)
        self.assertEqual("temperature", caught.exception.param)


class Harness(ClientsTest):
    """lm-evaluation-harness scores texts as `tercet perplexity` does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        from lm_eval.models.openai_completions import LocalCompletionsAPI

        cls.model = LocalCompletionsAPI(
            base_url=cls.url + "/v1/completions", model=MODEL, max_length=LONGEST, batch_size=8
        )

    def instances(self, kind, arguments):
        from lm_eval.api.instance import Instance

        return [Instance(kind, {}, each, i) for i, each in enumerate(arguments)]

    def test_the_model_is_the_first(self):
        import openai

        client = openai.OpenAI(base_url=self.url + "/v1", api_key="none")
        self.assertEqual(MODEL, next(iter(client.models.list())).id)

    def test_texts_have_their_perplexity(self):
        self.assertEqual("remote", self.model.tokenizer_backend)
        lines = lines_of_text()
        texts = ["".join(lines), *lines[:20]]
        sums = self.model.loglikelihood_rolling(
            self.instances("loglikelihood_rolling", [(text,) for text in texts])
        )
        for text, own in zip(texts, sums):
            expected = perplexity(text)
            log_probability = expected["log10_probability"] * math.log(10)
            self.assertAlmostEqual(log_probability, own, delta=1e-6 * abs(own))
            count = len(self.model.tok_encode(text))
            self.assertEqual(expected["tokens"], count)
            self.assertAlmostEqual(expected["perplexity"], math.exp(-own / count), delta=1e-4)

    def test_continuations_add_up(self):
        """log p(a b) = log p(a) + log p(b | a)."""
        pairs = [("I would like", " to see it"), ("He left.", " She did not."), ("", "We want to")]
        answers = self.model.loglikelihood(self.instances("loglikelihood", pairs))
        for (context, continuation), (own, _) in zip(pairs, answers):
            whole = self.model.loglikelihood(
                self.instances("loglikelihood", [("", context + continuation)])
            )[0][0]
            first = 0.0
            if context:
                first = self.model.loglikelihood(
                    self.instances("loglikelihood", [("", context)])
                )[0][0]
                # A prompt's own first token has no probability, nor has it one in `own`.
            self.assertAlmostEqual(whole, first + own, places=6)

    def test_what_is_greedy_is_found(self):
        import openai

        client = openai.OpenAI(base_url=self.url + "/v1", api_key="none")
        made = client.completions.create(
            model=MODEL, prompt="I would like to ", max_tokens=1, temperature=0
        )
        best = made.choices[0].text
        pairs = [("I would like to", " " + best), ("I would like to", " xyzzy")]
        answers = self.model.loglikelihood(self.instances("loglikelihood", pairs))
        self.assertTrue(answers[0][1])
        self.assertFalse(answers[1][1])

    def test_generation_stops_where_it_is_told(self):
        arguments = [("We want to", {"until": ["e"], "max_gen_toks": 40})]
        self.assertNotIn(
            "e", self.model.generate_until(self.instances("generate_until", arguments))[0]
        )

    def test_a_task(self):
        import lm_eval
        from lm_eval.tasks import TaskManager

        lines = lines_of_text()[:50]
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder, "data.jsonl")
            data.write_text("".join(json.dumps({"text": line}) + "\n" for line in lines))
            Path(folder, "tercet_text.yaml").write_text(
                "task: tercet_text\n"
                "dataset_path: json\n"
                f"dataset_kwargs: {{data_files: {{test: {data}}}}}\n"
                "test_split: test\n"
                "output_type: loglikelihood_rolling\n"
                "doc_to_text: ''\n"
                "doc_to_target: '{{text}}'\n"
                "metric_list: [{metric: byte_perplexity}, {metric: bits_per_byte}]\n"
            )
            os.environ["HF_DATASETS_CACHE"] = folder
            results = lm_eval.simple_evaluate(
                model=self.model,
                tasks=["tercet_text"],
                task_manager=TaskManager(include_path=folder, include_defaults=False),
                bootstrap_iters=0,
            )["results"]["tercet_text"]
        text = "".join(lines)
        bits = -perplexity(text)["log10_probability"] * math.log2(10) / len(text.encode())
        self.assertAlmostEqual(bits, results["bits_per_byte,none"], delta=1e-6)
        self.assertAlmostEqual(2**bits, results["byte_perplexity,none"], delta=1e-6)


if __name__ == "__main__":
    start_main()
