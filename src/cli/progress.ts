import type { ApplyEvent } from '../apply/events.js';
import { UsageError } from '../errors.js';
import type { LogEvent, Statistics } from '../management-api/connection.js';
import { eventText } from '../render/apply-text.js';
import { barText, costText, progressLine, type Stage } from '../render/progress-text.js';
import { logLine, outcomeFields, type LogFields } from './log-fields.js';
import { logFormats, logLevels, type LogFlags } from './options.js';
import { paintFor } from './output-format.js';

/** Nothing is said of work that takes no longer than this. */
const patienceMilliseconds = 1000;
const barEveryMilliseconds = 100;
const lineEveryMilliseconds = 10_000;
const usualColumns = 80;
/** What became of actions is gathered for so long: each write to a pipe wakes whoever reads it. */
const gatherMilliseconds = 50;

/** What is written to: standard error, or what a test puts in its place. */
export type LogStream = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

export interface ProgressOptions {
  readonly stream: LogStream;
  /** A bar that is drawn again and again, plain lines now and then, or nothing. */
  readonly shows: 'bar' | 'lines' | 'nothing';
  readonly level: LogFields['level'];
  /** Each line is a JSON object. */
  readonly isJson: boolean;
}

/**
 * What is said on standard error while work is under way: log lines, how far it is, and what became of each action. Holds
 * no secret: log events have none, and outcomes have lost theirs.
 */
export class Progress {
  #stage: (Omit<Stage, 'milliseconds'> & { readonly since: number }) | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #start = performance.now();
  #bar = '';
  #gathered = '';
  #gathering: NodeJS.Timeout | undefined;
  #hasShown = false;
  #hasEnded = false;

  constructor(private readonly options: ProgressOptions) {}

  get isJson(): boolean {
    return this.options.isJson;
  }

  /** Something else begins. */
  stage(name: string, count: { readonly total?: number; readonly unit?: string } = {}): void {
    this.#stage = { name, done: 0, ...count, since: performance.now() };
    if (this.options.shows === 'nothing' || this.#timer) return;
    const every = this.options.shows === 'bar' ? barEveryMilliseconds : lineEveryMilliseconds;
    this.#timer = setInterval(() => {
      this.#show();
    }, every);
    // It must not keep the process alive.
    this.#timer.unref();
  }

  /** So much of the stage is done. */
  advance(done: number, total = this.#stage?.total): void {
    if (this.#stage) this.#stage = { ...this.#stage, done, ...(total !== undefined && { total }) };
  }

  readonly log = (event: LogEvent & { readonly tenant?: string }): void => {
    // Where nobody knows how much there is, requests are what can be counted.
    if (event.event === 'request' && this.#stage && this.#stage.total === undefined) {
      this.advance(this.#stage.done + 1);
    }
    if (logLevels.indexOf(event.level) > logLevels.indexOf(this.options.level)) return;
    const { level, event: what, ...fields } = event;
    const parts = Object.entries(fields).map(([key, value]) => `${key}=${String(value)}`);
    this.#line(`${level} ${what} ${parts.join(' ')}`, { level, event: what, ...fields });
  };

  /** What became of an action. Where only trouble is wanted, what went well is left out. */
  outcome(event: ApplyEvent): void {
    if (event.type === 'started') return;
    this.advance((this.#stage?.done ?? 0) + 1);
    if (event.outcome.status === 'done' && this.options.shows === 'nothing') return;
    const text = eventText(event, paintFor(this.options.stream)) ?? '';
    this.#gathered += this.#asLine(text, outcomeFields(event.outcome));
    if (this.options.stream.isTTY) this.#flush();
    else
      this.#gathering ??= setTimeout(() => {
        this.#flush();
      }, gatherMilliseconds);
  }

  /** A sentence of its own. */
  readonly say = (text: string): void => {
    this.#line(text, { level: 'info', event: 'notice', message: text });
  };

  /** Leaves the terminal to somebody else until the next stage. */
  pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#stage = undefined;
    this.#flush();
  }

  /**
   * Nothing is under way any more. Where it took long enough to be shown, what it has cost is said; programs are told that
   * in any case. Does nothing the second time.
   *
   * @param statistics is left out where the cost has been said already
   */
  end(statistics?: Statistics): void {
    this.pause();
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const { shows, isJson } = this.options;
    if (!statistics || shows === 'nothing' || !(this.#hasShown || isJson)) return;
    const { requests, writes, retries, maxInFlight, backOffs, heldMilliseconds, milliseconds } = statistics;
    const cost = { requests, writes, retries, maxInFlight, backOffs, heldMilliseconds, milliseconds };
    this.#line(costText(statistics), { level: 'info', event: 'cost', ...cost });
  }

  #show(): void {
    const now = performance.now();
    if (!this.#stage || now - this.#start < patienceMilliseconds) return;
    const { since, ...stage } = this.#stage;
    const current = { ...stage, milliseconds: now - since };
    this.#hasShown = true;
    if (this.options.shows === 'lines') {
      const { name, done, total } = stage;
      const fields = { stage: name, done, ...(total !== undefined && { total }) };
      this.#line(progressLine(current), { level: 'info', event: 'progress', ...fields });
      return;
    }
    // A terminal that does not know its width says 0.
    const bar = barText(current, this.options.stream.columns || usualColumns);
    if (bar === this.#bar) return;
    this.#clear();
    this.options.stream.write(bar);
    this.#bar = bar;
  }

  #line(text: string, fields: LogFields): void {
    this.#flush();
    this.options.stream.write(this.#asLine(text, fields));
  }

  #asLine(text: string, fields: LogFields): string {
    return this.options.isJson ? logLine(fields) : `${text}\n`;
  }

  #flush(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    this.#clear();
    if (this.#gathered !== '') this.options.stream.write(this.#gathered);
    this.#gathered = '';
  }

  #clear(): void {
    // Back to the start of the line, and nothing to its end (ECMA-48).
    if (this.#bar !== '') this.options.stream.write('\r\u001B[K');
    this.#bar = '';
  }
}

/**
 * As the flags and the terminal say.
 *
 * @throws {UsageError} a level or a format is none
 */
export function progressFromFlags(
  { quiet = false, logLevel = 'warn', logFormat = 'text' }: LogFlags,
  stream: LogStream = process.stderr,
  environment: NodeJS.ProcessEnv = process.env,
): Progress {
  const level = oneOf(logLevels, '--log-level', logLevel);
  const isJson = oneOf(logFormats, '--log-format', logFormat) === 'json';
  const drawsBars = stream.isTTY && !isJson && !isCi(environment) && environment.TERM !== 'dumb';
  return new Progress({ stream, shows: quiet ? 'nothing' : drawsBars ? 'bar' : 'lines', level, isJson });
}

function oneOf<const V extends string>(known: readonly V[], option: string, given: string): V {
  const found = known.find((value) => value === given);
  if (found === undefined) throw new UsageError(`${option} ${given} is none of ${known.join(', ')}`);
  return found;
}

/** CI systems set it; some people say `CI=false`. */
const isCi = ({ CI = '' }: NodeJS.ProcessEnv): boolean => CI !== '' && CI !== 'false' && CI !== '0';
