"""Whatever a visitor writes into a header, a path or a question: it is understood or left alone, and nothing raises."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, unquote_to_bytes

import pytest
from django.test import Client, override_settings
from hypothesis import example, given, settings
from hypothesis import strategies as st
from running import SAMPLE
from starfish.publishing import behind
from starfish.publishing.codings import BROTLI, GZIP, PLAIN, wanted
from starfish.publishing.front import LARGEST_FORM, length
from starfish.publishing.memory import Memory
from starfish.publishing.replies import Answer, suited

HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60)
WEIGHT = st.one_of(
    st.floats(0, 1).map(lambda weight: f"q={weight:.3f}"),
    st.sampled_from(["q=0", "q=1", "q=", "q=-1", "q=1e999", "q=nan", "q=0x1", "q=\u0665", "Q=0", " q = 0.5", ";q=1"]),
)
CODING = st.sampled_from(["gzip", "br", "identity", "*", "GZip", "deflate", "x-gzip", "", " "])
ACCEPTED = st.lists(
    st.builds("{};{}".format, CODING, WEIGHT) | CODING | HEADER.filter(lambda each: "," not in each), max_size=6
)


@given(ACCEPTED.map(",".join))
def test_any_accept_encoding_gets_a_coding_that_it_names(accepted: str) -> None:
    coding = wanted(accepted)
    assert coding in {BROTLI, GZIP, PLAIN}
    assert coding == PLAIN or coding in accepted.lower() or "*" in accepted


@given(st.permutations(["gzip;q=0", "br;q=0", "*;q=1", "identity"]))
def test_what_is_refused_by_name_is_not_sent_whatever_the_order(accepted: list[str]) -> None:
    assert wanted(", ".join(accepted)) == PLAIN


@pytest.mark.parametrize("weight", ["nan", "inf", "-1", "1e999", "", "x", "0.0000"])
def test_a_weight_that_is_none_breaks_nothing(weight: str) -> None:
    assert wanted(f"gzip;q={weight}, br;q=0") in {GZIP, PLAIN}


@given(HEADER)
@example('"x", W/"abc"')
@example("*")
def test_any_if_none_match_gets_the_whole_page_or_word_that_it_is_the_same(held: str) -> None:
    page = Answer(200, [("ETag", '"abc"'), ("Content-Type", "text/html")], b"page")
    answer = suited(page, "GET", held)
    assert (answer.status, answer.body) in {(200, b"page"), (304, b"")}
    assert (answer.status == 304) <= ('"abc"' in held or "*" in held)


@given(st.one_of(HEADER, st.integers().map(str), st.sampled_from(["\u00b2", "1_0", "+5", " 5", "5, 5", "\u0665"])))
def test_any_length_of_a_form_is_a_number_or_nothing(said: str) -> None:
    number = int(said) if said.isascii() and said.isdigit() else 0
    assert length({"CONTENT_LENGTH": said}) == (number if number <= LARGEST_FORM else 0)
    assert length({"CONTENT_LENGTH": str(LARGEST_FORM)}) == LARGEST_FORM


# As granian gives them: the octets of a path or a question, each as a letter.
OCTETS = st.binary(max_size=40).map(lambda octets: octets.decode("latin-1"))
PATH = OCTETS.map(lambda octets: f"/{octets}")


@given(PATH, OCTETS)
@example("/lessons/", "q=\u00c3\u00a9")
def test_any_path_and_question_reach_the_process_behind_as_they_came(path: str, question: str) -> None:
    target = behind._target({"PATH_INFO": path, "QUERY_STRING": question})
    passed, _, rest = target.partition("?")
    assert target.isascii()
    assert not set(" \r\n\0") & set(target)
    assert unquote_to_bytes(passed) == path.encode("latin-1")
    assert unquote_to_bytes(rest) == unquote_to_bytes(question.encode("latin-1"))
    assert rest == question or not question.isascii() or not question.isprintable() or " " in question


@given(st.dictionaries(st.sampled_from(["HTTP_HOST", "HTTP_RANGE", "HTTP_ACCEPT_ENCODING", "HTTP_X_FORWARDED_PROTO",
                                        "HTTP_IF_NONE_MATCH", "HTTP_COOKIE", "QUERY_STRING"]), HEADER), PATH)  # fmt: skip
def test_memory_gives_no_page_to_whoever_asks_for_something_else(said: dict[str, str], path: str) -> None:
    memory = Memory("now")
    memory.admit({"HTTP_HOST": "localhost"})
    memory.keep("now", "/help/", PLAIN, Answer(200, [("ETag", '"a"')], b"help"))
    asked = {"REQUEST_METHOD": "GET", "QUERY_STRING": "", "PATH_INFO": path, **said}
    assert memory.find(asked) is None or path == "/help/"
    found = memory.find({**asked, "PATH_INFO": "/help/"})
    may = said.get("HTTP_HOST") == "localhost" and "HTTP_X_FORWARDED_PROTO" not in said and not said.get("QUERY_STRING")
    assert found is None or (may and found.status in {200, 304})


@pytest.fixture(scope="module")
def small() -> Iterator[None]:
    with override_settings(CONTENT_FOLDER=SAMPLE):
        yield


QUESTION = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.lists(
        st.tuples(
            st.sampled_from(["q", "age", "band", "strand", "minutes", "country", "page", "x", ""]),
            st.sampled_from(["", "0", "-1", "5-7", "gb", "9" * 40, "%00", "%ff", "\u00b2", "%zz", "../..", "<b>", "nan"]),
        ).map("=".join),
        max_size=5,
    ).map("&".join),
)  # fmt: skip


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("path", ["/lessons/", "/help/", "/search/", "/curriculum/"])
@given(question=QUESTION)
@settings(max_examples=40, deadline=None)
def test_any_question_to_a_page_is_answered_in_words(path: str, question: str) -> None:
    answer = Client(raise_request_exception=True).get(path, QUERY_STRING=quote(question, safe="%&=/.<>-"))
    assert answer.status_code in {200, 302, 400, 404}
    assert "Traceback" not in answer.content.decode()
    assert "<b>" not in answer.content.decode()
