"""/ask: a question in, an answer with its evidence out. That pages do not say is an answer too."""

from __future__ import annotations

from typing import Annotated, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.dependencies import Bounded, Configured, Current
from api.kept import Kept
from api.lanes import Lanes
from api.negotiation import HTML, JSON
from api.openapi import EXAMPLES, may_have
from api.problem_types import OF_CONTENT, OF_QUESTIONS
from api.replies import Representation, as_json, negotiated, reply, reply_once, see_page
from api.routes.bodies import json_body
from api.schemas.answers import Answer, AskBody
from api.schemas.base import read
from api.schemas.parameters import AnswerId
from api.state import Generation
from api.telemetry import note_answer

router = APIRouter(tags=["ask"])

Asked = tuple[str, str | None]
"""A question, and the id of the answer that is expected."""
BESIDE_BODY = 1_000
"""About what a kept answer takes beside its body and its question, in bytes."""
_PAGE = "/ask/"
"""Where people ask; the page takes the question from the same parameter."""
_CONTENT = {JSON: {"schema": AskBody.model_json_schema(), "example": {"q": EXAMPLES["q"]}}}


class Answered(NamedTuple):
    """An answer as it is sent, and what is counted of it."""

    representation: Representation
    status: str
    verdict: str | None


@router.get(
    "/ask",
    operation_id="ask",
    summary="Ask a question",
    responses={200: {"model": Answer}},
    openapi_extra=may_have(*OF_CONTENT, *OF_QUESTIONS, "invalid-parameter"),
)
async def ask(
    request: Request,
    generation: Current,
    lanes: Bounded,
    q: Annotated[str, Query(description="The question, up to 2,000 characters.")],
    expect: Annotated[
        AnswerId | None,
        Query(description="The answer_id of an earlier answer, to compare this one with."),
    ] = None,
) -> Response:
    """Return the answer to a question: the same question on the same content has the same answer.

    `status` is `answered`, `clarify` or `not_covered`; all three are results. A browser is sent on
    to the page that shows the answer.
    """
    if generation.site is None or not generation.site.has(_PAGE):
        negotiated(request, [JSON])
    elif negotiated(request, [JSON, HTML]) == HTML:
        return see_page(f"{generation.writer.links.to(_PAGE)}?{urlencode({'q': q})}")
    return reply(request, await _answered(request, lanes, generation, q, expect))


async def _body(request: Request, settings: Configured) -> AskBody:
    """Return the posted question. Raises ProblemError, InvalidValueError."""
    return read(AskBody, await json_body(request, settings))


@router.post(
    "/ask",
    operation_id="postQuestion",
    summary="Ask a question in a body",
    responses={200: {"model": Answer}},
    openapi_extra={
        "requestBody": {"required": True, "content": _CONTENT},
        **may_have(
            *OF_CONTENT,
            *OF_QUESTIONS,
            "invalid-parameter",
            "malformed-json",
            "invalid-type",
            "unsupported-media-type",
        ),
    },
)
async def post_question(
    request: Request,
    generation: Current,
    lanes: Bounded,
    body: Annotated[AskBody, Depends(_body)],
) -> Response:
    """Return the answer to a question that is long, or that should not stand in an address."""
    negotiated(request, [JSON])
    return reply_once(request, await _answered(request, lanes, generation, body.q, body.expect))


async def _answered(
    request: Request, lanes: Lanes, generation: Generation, question: str, expected: str | None
) -> Representation:
    """Return the answer to a question: what was answered before is the same again."""
    kept: Kept[Asked, Answered] = request.app.state.answers
    asked = (question, expected)
    known = kept.get(generation, asked)
    if known is None:
        known = await lanes.questions.run(request, _answer, generation, question, expected)
        size = len(known.representation.body) + len(question) + BESIDE_BODY
        kept.add(generation, asked, known, size)
    note_answer(request, question, known.status, known.verdict)
    request.app.state.gaps.heard(question, known.status)
    return known.representation


def _answer(generation: Generation, question: str, expected: str | None) -> Answered:
    answer = generation.knowledge.ask(question)
    representation = as_json(generation.writer.answer(answer, expected))
    return Answered(representation, answer.status, answer.verdict)
