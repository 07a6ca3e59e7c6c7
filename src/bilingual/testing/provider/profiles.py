"""How real servers differ: paths, keys, what they refuse, in which words, what they count.

One ``Profile`` each, from their own documentation, source and bug reports, which are named below.
llama.cpp is checked against the real one in the embedded engine; the others were not tried against
the provider itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class RefusedParameter:
    """One kind of refusal. ``{model}``, ``{limit}`` … in its body are filled in."""

    status: int
    body: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """A server that takes everything, unless it says otherwise."""

    name: str = "any"
    path: str = ""
    """Where it takes chat completions; empty for wherever it is asked."""
    model: str = ""
    """The one it serves; empty for any."""
    keys: tuple[str, ...] = ()
    """Headers that may bring the key; empty when it asks for none."""
    wrong_key: RefusedParameter = RefusedParameter(401, {"error": {"message": "Unauthorized"}})
    wrong_model: RefusedParameter = RefusedParameter(
        404, {"error": {"message": "no model {model}"}}
    )
    wrong_path: RefusedParameter = RefusedParameter(404, {"detail": "Not Found"})
    busy: RefusedParameter = RefusedParameter(429, {"error": {"message": "Rate limit reached"}})
    refuses: Mapping[str, RefusedParameter] = field(default_factory=dict)
    """Parameter of the request body to its refusal; ``system`` means the role."""
    context: int = 0
    """Tokens of prompt and answer together; 0 for as many as come."""
    too_long: RefusedParameter = RefusedParameter(
        400, {"error": {"message": "context length exceeded"}}
    )
    reserves_answer: bool = False
    """Counts ``max_tokens`` into the context when it decides whether a request fits."""
    truncates: bool = False
    """Cuts a prompt that is too long and says nothing."""
    tells_cached: bool = True
    tells_rate: bool = True
    """Sends ``x-ratelimit-*`` with every answer, where it keeps a rate, and ``Retry-After``."""
    reasoning: int = 0
    """Tokens it thinks before it answers; they count as the answer's."""
    thinks: str = ""
    """Where the thought is: a field of the message, or ``<think>`` for the content."""


def filled(template: Any, words: Mapping[str, object]) -> Any:
    """Return ``template`` with the ``words`` in it; a string that is one word becomes its value."""
    if isinstance(template, str):
        if template.startswith("{") and template.endswith("}") and template[1:-1] in words:
            return words[template[1:-1]]
        for name, value in words.items():
            template = template.replace(f"{{{name}}}", str(value))
        return template
    if isinstance(template, dict):
        return {key: filled(value, words) for key, value in template.items()}
    return template


ANY = Profile()


def _openai(message: str, kind: str, code: str | None, param: str | None = None) -> dict[str, Any]:
    """Return an error as OpenAI writes it."""
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def _unsupported(name: str, instead: str = "") -> RefusedParameter:
    """Return OpenAI's refusal of a parameter that a reasoning model does not take."""
    use = f" Use '{instead}' instead." if instead else ""
    message = f"Unsupported parameter: '{name}' is not supported with this model.{use}"
    return RefusedParameter(400, _openai(message, REQUEST, "unsupported_parameter", name))


REQUEST = "invalid_request_error"
ONLY_DEFAULT = (
    "Unsupported value: 'temperature' does not support {value} with this model. "
    "Only the default (1) value is supported."
)
OPENAI = Profile(
    name="OpenAI",
    path="/v1/chat/completions",
    model="gpt-5-mini",
    keys=("authorization",),
    wrong_key=RefusedParameter(
        401,
        _openai(
            "Incorrect API key provided: {key}. You can find your API key at "
            "https://platform.openai.com/account/api-keys.",
            REQUEST,
            "invalid_api_key",
        ),
    ),
    wrong_model=RefusedParameter(
        404,
        _openai(
            "The model `{model}` does not exist or you do not have access to it.",
            REQUEST,
            "model_not_found",
        ),
    ),
    busy=RefusedParameter(
        429,
        _openai(
            "Rate limit reached for {model} in organization org-1 on requests per min (RPM): "
            "Limit 3, Used 3, Requested 1. Please try again in {after}s.",
            "requests",
            "rate_limit_exceeded",
        ),
    ),
    refuses={
        "max_tokens": _unsupported("max_tokens", "max_completion_tokens"),
        "temperature": RefusedParameter(
            400, _openai(ONLY_DEFAULT, REQUEST, "unsupported_value", "temperature")
        ),
    },
    context=400_000,
    too_long=RefusedParameter(
        400,
        _openai(
            "This model's maximum context length is {limit} tokens. However, your messages "
            "resulted in {prompt} tokens. Please reduce the length of the messages.",
            REQUEST,
            "context_length_exceeded",
            "messages",
        ),
    ),
    reasoning=256,
)
"""A reasoning model at OpenAI.

Errors: developers.openai.com/docs/guides/error-codes; bodies as quoted in
github.com/Aider-AI/aider/issues/2030 (model), github.com/QwenLM/qwen-code/issues/224 and
github.com/owndev/Open-WebUI-Functions/issues/98 (temperature),
github.com/crewAIInc/crewAI-examples/issues/121 (context). Headers:
developers.openai.com/docs/guides/rate-limits.
"""

AZURE = Profile(
    name="Azure OpenAI",
    path="/openai/v1/chat/completions",
    model="news-deployment",
    keys=("api-key", "authorization"),
    wrong_key=RefusedParameter(
        401,
        {
            "error": {
                "code": "401",
                "message": "Access denied due to invalid subscription key or wrong API endpoint. "
                "Make sure to provide a valid key for an active subscription and use a correct "
                "regional API endpoint for your resource.",
            }
        },
    ),
    wrong_model=RefusedParameter(
        404,
        {
            "error": {
                "code": "DeploymentNotFound",
                "message": "The API deployment for this resource does not exist. If you created "
                "the deployment within the last 5 minutes, please wait a moment and try again.",
            }
        },
    ),
    wrong_path=RefusedParameter(404, {"error": {"code": "404", "message": "Resource not found"}}),
    busy=RefusedParameter(
        429,
        {
            "error": {
                "code": "429",
                "message": "Requests to the ChatCompletions_Create Operation under Azure OpenAI "
                "API have exceeded token rate limit of your current OpenAI S0 pricing tier. "
                "Please retry after {after} seconds. Please go here: "
                "https://aka.ms/oai/quotaincrease if you would like to further increase the "
                "default rate limit.",
            }
        },
    ),
    context=128_000,
    too_long=OPENAI.too_long,
)
"""A deployment of a model that does not reason, at the resource's v1 address.

Key and its error: github.com/owndev/Open-WebUI-Functions/issues/97. Deployment:
github.com/chatboxai/chatbox/issues/861. Rate, ``retry-after-ms``:
learn.microsoft.com/en-us/microsoft-cloud/dev/dev-proxy/concepts/azure-openai-429-token-rate-limit,
github.com/vanderschaarlab/climb/issues/1.
"""

VLLM = Profile(
    name="vLLM",
    path="/v1/chat/completions",
    model="Qwen/Qwen3-8B",
    keys=("authorization",),
    wrong_key=RefusedParameter(401, {"error": "Unauthorized"}),
    wrong_model=RefusedParameter(
        404,
        {
            "object": "error",
            "message": "The model `{model}` does not exist.",
            "type": "NotFoundError",
            "param": None,
            "code": 404,
        },
    ),
    context=4096,
    too_long=RefusedParameter(
        400,
        {
            "error": {
                "message": "'max_tokens' or 'max_completion_tokens' is too large: {answer}. This "
                "model's maximum context length is {limit} tokens and your request has {prompt} "
                "input tokens ({answer} > {limit} - {prompt}). None",
                "type": "BadRequestError",
                "param": None,
                "code": 400,
            }
        },
    ),
    reserves_answer=True,
    tells_cached=False,
    tells_rate=False,
    reasoning=64,
    thinks="reasoning_content",
)
"""``vllm serve Qwen/Qwen3-8B --max-model-len 4096 --reasoning-parser qwen3 --api-key …``.

Model: github.com/vllm-project/vllm/issues/3485. Context:
github.com/stepfun-ai/Step-Audio-R1/issues/3, github.com/vllm-project/vllm/issues/33418, and as
quoted in andrewcho-dev/opsconductor-ng, vLLM_transition/TOKEN_LIMIT_FIX.md. Parameters and
``--api-key``: docs.vllm.ai/en/stable/serving/openai_compatible_server. It keeps no rate.
"""

OLLAMA = Profile(
    name="Ollama",
    path="/v1/chat/completions",
    model="qwen3:8b",
    wrong_model=RefusedParameter(
        404, _openai('model "{model}" not found, try pulling it first', "not_found_error", None)
    ),
    wrong_path=RefusedParameter(404, {"error": "404 page not found"}),
    context=4096,
    truncates=True,
    tells_cached=False,
    tells_rate=False,
    reasoning=64,
    thinks="<think>",
)
"""``ollama run qwen3:8b`` with its usual context.

Errors and usage: github.com/ollama/ollama, openai/openai.go (``NewError``, ``ToUsage``). It takes
no key, keeps no rate, and cuts a long prompt in silence to exactly its context: "truncating input
prompt limit=4096 prompt=7268 keep=4 new=4096" (steveh250/MAF, README.md;
github.com/ollama/ollama/issues/3839). Newer ones put the thought into ``reasoning``, older ones
leave it in the content, as here.
"""

LLAMA_CPP = Profile(
    name="llama.cpp",
    path="/v1/chat/completions",
    keys=("authorization", "x-api-key"),
    wrong_key=RefusedParameter(
        401,
        {"error": {"code": 401, "message": "Invalid API Key", "type": "authentication_error"}},
    ),
    wrong_path=RefusedParameter(
        404, {"error": {"code": 404, "message": "File Not Found", "type": "not_found_error"}}
    ),
    busy=RefusedParameter(
        503, {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}
    ),
    refuses={
        "system": RefusedParameter(
            500,
            {
                "error": {
                    "code": 500,
                    "message": "Only user, assistant and tool roles are supported, got system.",
                    "type": "server_error",
                }
            },
        )
    },
    context=4096,
    too_long=RefusedParameter(
        400,
        {
            "error": {
                "code": 400,
                "message": "request ({prompt} tokens) exceeds the available context size ({limit} "
                "tokens), try increasing it",
                "type": "exceed_context_size_error",
                "n_prompt_tokens": "{prompt}",
                "n_ctx": "{limit}",
            }
        },
    ),
)
"""``llama-server -m model.gguf -c 4096 --api-key …``, with a chat template that has no system role.

It serves one model under any name. Context, usage and addresses are as the server inside
``xllamacpp`` really answers (a test compares them); the rest is from reports. Key:
github.com/ggml-org/llama.cpp/pull/14352. Context: github.com/ggml-org/llama.cpp/pull/15780. System
role, as a 500: github.com/anomalyco/opencode/issues/5034. Loading: github.com/ggml-org/llama.cpp,
tools/server/README.md.
"""

LITELLM = Profile(
    name="LiteLLM",
    path="/v1/chat/completions",
    model="claude-sonnet",
    keys=("authorization",),
    wrong_key=RefusedParameter(
        401,
        _openai(
            "Authentication Error, Invalid proxy server token passed. Received API Key = "
            "{key}, Key Hash (Token) =569909a917a742e1. Unable to find token in cache or "
            "`LiteLLM_VerificationTokenTable`",
            "token_not_found_in_db",
            "401",
            "key",
        ),
    ),
    wrong_model=RefusedParameter(
        400,
        {
            "error": {
                "message": {
                    "error": "/chat/completions: Invalid model name passed in model={model}. Call "
                    "`/v1/models` to view available models for your key."
                },
                "type": "None",
                "param": "None",
                "code": "400",
            }
        },
    ),
    busy=RefusedParameter(
        429,
        _openai(
            "No deployments available for selected model, Try again in {after} seconds. Passed "
            "model={model}.",
            "None",
            "429",
        ),
    ),
    refuses={
        "seed": RefusedParameter(
            400,
            _openai(
                "litellm.UnsupportedParamsError: anthropic does not support parameters: "
                "['seed'], for model=claude-sonnet. To drop these, set "
                "`litellm.drop_params=True` or for proxy: "
                "`litellm_settings: drop_params: true`",
                "None",
                "400",
            ),
        )
    },
    context=200_000,
    too_long=RefusedParameter(
        400,
        _openai(
            "litellm.BadRequestError: AnthropicException - prompt is too long: {prompt} tokens > "
            "{limit} maximum. Received Model Group={model}",
            "None",
            "400",
        ),
    ),
)
"""A gateway in front of Anthropic, without ``drop_params``.

Key: github.com/OpenHands/OpenHands/issues/17390. Model: github.com/BerriAI/litellm/issues/8821 (an
object for a message). Rate: github.com/BerriAI/litellm/issues/27823; headers:
docs.litellm.ai/docs/proxy/response_headers. Seed: github.com/kaiko-ai/eva/issues/895. Context:
github.com/OpenHands/OpenHands/issues/5350.
"""

PROFILES = (OPENAI, AZURE, VLLM, OLLAMA, LLAMA_CPP, LITELLM)
