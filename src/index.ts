/**
 * The flow of the command line, for programs: nothing is printed, nothing exits, errors are thrown.
 *
 * @example
 * const manifest = await loadManifest({ files: ['tenant/'] });
 * const session = openSession({ endpoint, appId, appSecret });
 * const planned = await plan(manifest, session);
 * if (planned.plan.actions.length > 0) await apply(planned, session);
 * session.tenant.close();
 */
export { apply, plan, refuseStale } from './reconcile.js';
export type { ApplyOptions, Planned, PlanOptions, Session } from './reconcile.js';
export { exportTenant } from './export/export-tenant.js';
export type { Export, ExportOptions } from './export/export-tenant.js';
export { exportSaved } from './saved-answers/export-saved.js';
export type { OwnApplication, SavedExport, SavedTenant } from './saved-answers/export-saved.js';
export { adoptExported } from './export/adopt-exported.js';
export type { ExportedResource, ExportedTenant, Omission } from './export/exported.js';
export type { SecretVariable } from './export/secret-variables.js';
export { readOutputValues } from './output/output-values.js';
export type { OutputOptions, Outputs } from './output/output-values.js';
export type { ChosenName } from './output/select-values.js';
export type { OutputValue } from './output/value.js';
export { formatValues } from './output/formats.js';
export type { OutputFormat } from './output/formats.js';
export { diffTenants } from './diff/diff-tenants.js';
export type { DiffedTenant, DiffOptions } from './diff/diff-tenants.js';
export type { Comparison, FieldDifference, ResourceDifference } from './diff/comparison.js';
export { openSession } from './open-session.js';
export { loadManifest } from './manifest/load-manifest.js';
export type { Manifest, ManifestOptions } from './manifest/manifest.js';
export { renderManifest } from './manifest/render-manifest.js';
export { formatProblem } from './manifest/format-problem.js';
export { planDocument } from './render/plan-document.js';
export { planText } from './render/plan-text.js';
export { diffDocument } from './render/diff-document.js';
export { diffText } from './render/diff-text.js';
export { applyDocument } from './render/apply-document.js';
export { causeOf, causesOf } from './plan/cause.js';
export type { Cause } from './plan/cause.js';
export type { Action, ActionType, Change, Plan, PlanDocument, Summary } from './plan/plan.js';
export type { ApplyEvent, ApplyResult, Outcome } from './apply/events.js';
export { ApiError, ManifestError, RefusedError, UsageError } from './errors.js';
export type { Problem, ProblemCode, SourceRange } from './errors.js';
export type { Connection, LogEvent, Statistics } from './management-api/connection.js';
export type { Tenant } from './management-api/connect.js';
export type { ReadApi, WriteApi } from './management-api/api.js';
export type { Ledger, LedgerEntry, LedgerHome } from './state/ledger.js';
export type { Lifecycle, Resource, State } from './state/resource.js';
export { kinds } from './kinds/index.js';
export type { Kind } from './kinds/kind.js';
