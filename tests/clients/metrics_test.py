#!/usr/bin/env python3
"""What Prometheus reads of /metrics, by its own parser.

tests/clients/run metrics_test build/release/bin/tercet [-v]
"""

from prometheus_client.parser import text_string_to_metric_families

from clients_testing import ClientsTest, start_main

KINDS = {
    "tercet_suggestion_seconds": "histogram",
    "tercet_sessions": "counter",
    "tercet_picks": "counter",
    "tercet_store_troubles": "counter",
    "tercet_words_learnt": "counter",
    "tercet_tokens_generated": "counter",
    "tercet_generations": "gauge",
    "tercet_requests": "counter",
}


class Prometheus(ClientsTest):
    def families(self):
        status, text = self.server.ask("GET", "/metrics")
        self.assertEqual(200, status)
        return {family.name: family for family in text_string_to_metric_families(text)}

    def samples(self):
        """(name, labels) -> value."""
        return {(sample.name, *sorted(sample.labels.items())): sample.value
                for family in self.families().values() for sample in family.samples}

    def assert_moves(self, expected, act):
        """What `act` does to the counters; asking for them counts as a request itself."""
        before = self.samples()
        act()
        after = self.samples()
        moved = {key: value - before.get(key, 0) for key, value in after.items()
                 if value != before.get(key, 0)}
        moved = {key: value for key, value in moved.items() if "seconds" not in key[0]}
        own = requests("/metrics", 200)
        self.assertEqual(1, moved.pop(own))
        self.assertEqual(expected, moved)

    def test_each_is_described(self):
        families = self.families()
        self.assertEqual(KINDS, {name: family.type for name, family in families.items()})
        for family in families.values():
            self.assertGreater(len(family.documentation), 10, family.name)
            self.assertTrue(all(sample.name.startswith(family.name) for sample in family.samples))

    def test_histogram(self):
        for _ in range(20):
            self.server.suggest("It was a dark and stormy n")
        samples = self.families()["tercet_suggestion_seconds"].samples
        buckets = [(float(sample.labels["le"]), sample.value) for sample in samples
                   if sample.name.endswith("_bucket")]
        self.assertEqual(sorted(buckets), buckets)
        self.assertEqual(sorted(value for _, value in buckets), [value for _, value in buckets])
        self.assertEqual(float("inf"), buckets[-1][0])
        values = {sample.name: sample.value for sample in samples if not sample.labels}
        self.assertEqual(values["tercet_suggestion_seconds_count"], buckets[-1][1])
        self.assertGreaterEqual(buckets[-1][1], 20)
        # Each lies in its bucket, so that the sum lies between the bounds of all.
        least = most = below = 0
        for (bound, count), under in zip(buckets, [0, *(bound for bound, _ in buckets)]):
            least, most, below = (least + (count - below) * under,
                                  most + ((count - below) * bound if count > below else 0), count)
        self.assertLessEqual(least, values["tercet_suggestion_seconds_sum"])
        self.assertGreaterEqual(most, values["tercet_suggestion_seconds_sum"])

    def test_suggestions(self):
        count = ("tercet_suggestion_seconds_count",)
        before = self.samples()[count]
        self.assert_moves({requests("/api/suggest", 200): 3, requests("/api/suggest", 400): 1},
                          lambda: [self.server.suggest("We w") for _ in range(3)]
                          + [self.server.ask("POST", "/api/suggest", "{")])
        self.assertEqual(before + 3, self.samples()[count])

    def test_tokens(self):
        order = {"prompt": "We want to", "max_tokens": 7, "n": 2, "temperature": 0}
        for stream in (False, True):
            self.assert_moves(
                {requests("/v1/completions", 200): 1, ("tercet_tokens_generated_total",): 14},
                lambda: self.server.ask("POST", "/v1/completions", {**order, "stream": stream}))
        self.assert_moves(
            {requests("/completion", 200): 1, ("tercet_tokens_generated_total",): 9},
            lambda: self.server.ask("POST", "/completion", {"prompt": "We", "n_predict": 9}))
        self.assertEqual(0, self.samples()[("tercet_generations",)])

    def test_what_is_refused(self):
        self.assert_moves({requests("", 404): 2, requests("/api/suggest", 405): 1},
                          lambda: [self.server.ask("GET", path)
                                   for path in ("/nothing", "/nothing/too", "/api/suggest")])

    def test_a_session(self):
        def write():
            page = self.server.session()
            page.ask(type="open", id=1, before="They wan")
            page.ask(type="pick", id=2, list="words", index=0)
            page.write("it. ")
            while page.hear("learnt")["words"] < 2:
                pass
            page.close()

        before = self.samples()
        write()
        after = self.samples()
        moved = {name: after[(name,)] - before[(name,)] for name in
                 ("tercet_sessions_total", "tercet_picks_total")}
        self.assertEqual({"tercet_sessions_total": 1, "tercet_picks_total": 1}, moved)
        self.assertGreaterEqual(after[("tercet_words_learnt_total",)], 2)
        self.assertEqual(1, after[requests("/api/session", 101)])


def requests(route, status):
    return ("tercet_requests_total", ("route", route), ("status", str(status)))


if __name__ == "__main__":
    start_main()
