import type { ApplyResult, Outcome } from '../apply/events.js';
import { ApiError } from '../errors.js';
import type { Plan } from '../plan/plan.js';

/** What an apply did, as JSON: each action with its outcome. Holds no secret. */
export function applyDocument(plan: Plan, result: ApplyResult) {
  const { done, failed, notReached, interrupted, outcomes } = result;
  return {
    formatVersion: 1 as const,
    stack: plan.stack,
    endpoint: plan.endpoint,
    digest: plan.digest,
    summary: { done, failed, notReached, interrupted },
    outcomes: outcomes.map(showOutcome),
  };
}

function showOutcome(outcome: Outcome) {
  const { type, address, source } = outcome.action;
  const place = source ? { source: { file: source.file, line: source.line, column: source.column } } : {};
  const common = { status: outcome.status, type, address, ...place };
  switch (outcome.status) {
    case 'done':
      return { ...common, id: outcome.id };
    case 'failed':
      return { ...common, error: showError(outcome.error) };
    case 'not-reached':
      return { ...common, because: outcome.because };
  }
}

function showError(error: Error) {
  if (!(error instanceof ApiError)) return { message: error.message };
  const { message, request, status, code, requestId, hint } = error;
  return {
    message,
    request,
    status,
    code,
    ...(requestId !== undefined && { requestId }),
    ...(hint !== undefined && { hint }),
  };
}
