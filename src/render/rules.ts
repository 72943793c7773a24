import type { ProblemCode } from '../errors.js';

/** What a report lists besides problems. */
export type ReportRule =
  | 'planned'
  | 'applied'
  | 'apply-failed'
  | 'not-reached'
  | 'drift'
  | 'unknown-cause'
  | 'not-applied'
  | 'undeclared'
  | 'failed';

export type RuleId = ProblemCode | ReportRule;

/** Each rule in a sentence: for formats that describe the rules beside what was found. */
export const ruleDescriptions: Readonly<Record<RuleId, string>> = {
  'yaml-syntax': 'The file is YAML.',
  'unreadable-file': 'A file that is named can be read.',
  'duplicate-key': 'A key stands once in its map.',
  'duplicate-address': 'A resource is declared once.',
  'alias-bomb': 'Aliases do not multiply beyond measure.',
  'wrong-type': 'A value has the type of its field.',
  'wrong-value': 'A value is one that Logto takes.',
  'unknown-field': 'A field is one that the kind has.',
  'missing-field': 'A required field is stated.',
  'unknown-reference': 'What is referred to is declared, external or in every tenant.',
  'reference-cycle': 'References do not lead in a circle.',
  'unknown-variable': 'A variable that is used is declared.',
  'missing-variable': 'A variable has a value.',
  'wrong-variable': 'A variable is declared rightly.',
  'wrong-expression': 'An expression is one that manifests know.',
  'wrong-overlay': 'An overlay fits the manifest that it is merged over.',
  'not-clearable': 'Only what Logto can clear is set to null.',
  'literal-secret': 'A secret does not stand in the manifest.',
  'empty-manifest': 'A manifest declares something.',
  conflict: 'Two statements do not contradict each other.',
  'not-supported': 'The tenant offers what the manifest states.',
  'dangerous-value': 'A value is not one that Logto takes to the harm of its user.',
  'ambiguous-match': 'It is certain which object of the tenant is meant.',
  'foreign-owner': 'An object belongs to one stack.',
  protected: 'What is protected is not deleted or replaced.',
  replacement: 'A replacement is allowed by name.',
  cascade: 'A deletion takes nothing with it that no manifest declares.',
  limit: 'Only so many resources are deleted at once.',
  'wrong-clock': 'The clocks of Logto and of this machine agree.',
  'not-found': 'What is external or pinned is in the tenant.',
  planned: 'The tenant is as the manifest states; otherwise apply changes it.',
  applied: 'What was planned is done.',
  'apply-failed': 'What was planned can be done.',
  'not-reached': 'What was planned is reached.',
  drift: 'Nobody changes in the tenant what a manifest states.',
  'unknown-cause': 'The ledger can tell who made a difference.',
  'not-applied': 'The manifest is applied.',
  undeclared: 'What is in the tenant is declared.',
  failed: 'The command comes to its end.',
};
