/** Asks the service, and says in which of few ways that ended. */

const SLOW = 15000; // milliseconds after which nobody waits any longer

/**
 * @typedef {object} Outcome
 * @property {"answer" | "absent" | "refused" | "unreachable"} kind
 *   absent: there is no service, only files
 * @property {any} [answer] as the service gives it
 * @property {string} [reason] in a sentence
 * @property {number} [seconds] after which it is worth while to try again
 * @property {boolean} [again] whether the same question may be sent again
 */

/**
 * @param {URL} api address of the question service
 * @param {string} question
 * @param {AbortSignal} signal
 * @returns {Promise<Outcome>}
 */
export async function ask(api, question, signal) {
  const address = new URL(api);
  address.searchParams.set("q", question);
  const timer = new AbortController();
  const stop = () => timer.abort();
  const waiting = setTimeout(stop, SLOW);
  signal.addEventListener("abort", stop);
  try {
    const reply = await fetch(address, {
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      signal: timer.signal,
    });
    return await outcome(reply);
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    const reason = timer.signal.aborted
      ? "No answer came within 15 seconds."
      : "The service could not be reached.";
    return { kind: "unreachable", reason, again: true };
  } finally {
    clearTimeout(waiting);
    signal.removeEventListener("abort", stop);
  }
}

/** @param {Response} reply @returns {Promise<Outcome>} */
async function outcome(reply) {
  const type = reply.headers.get("content-type") ?? "";
  if (reply.ok && type.startsWith("application/json")) {
    const answer = await reply.json();
    return "schema_version" in answer ? { kind: "answer", answer } : { kind: "absent" };
  }
  const problem = type.startsWith("application/problem+json") ? await reply.json() : {};
  if (reply.status === 429) {
    return busy("Too many questions are being asked at once.", reply);
  }
  if (reply.status === 503) {
    return busy(problem.detail ?? "The service is not ready yet.", reply);
  }
  if (problem.detail) {
    return { kind: "refused", reason: problem.detail, again: reply.status >= 500 };
  }
  if (reply.status >= 500 && reply.status !== 501) {
    return { kind: "refused", reason: `The service failed (${reply.status}).`, again: true };
  }
  return { kind: "absent" };
}

/** @param {string} reason @param {Response} reply @returns {Outcome} */
function busy(reason, reply) {
  const seconds = Number.parseInt(reply.headers.get("retry-after") ?? "", 10);
  return { kind: "refused", reason, again: true, seconds: seconds > 0 ? seconds : undefined };
}
