import type { ApplyEvent } from '../apply/events.js';
import { UsageError } from '../errors.js';
import type { LogEvent, Statistics } from '../management-api/connection.js';
import { eventText } from '../render/apply-text.js';
import { barText, costText, progressLine, type Stage } from '../render/progress-text.js';
import { eventFields } from './log-fields.js';
import { paintFor } from './output-format.js';
import type { TenantFlags } from './options.js';

const levels = ['error', 'warn', 'info', 'debug'] as const;
type Level = (typeof levels)[number];

/** Nothing is said of work that takes no longer than this. */
const patienceMilliseconds = 1000;
const barEveryMilliseconds = 100;
const lineEveryMilliseconds = 5000;

export interface ProgressOptions {
  readonly stream: NodeJS.WriteStream;
  /** A bar that is drawn again and again, plain lines now and then, or nothing. */
  readonly shows: 'bar' | 'lines' | 'nothing';
  readonly level: Level;
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
  #hasBar = false;
  #hasShown = false;

  constructor(private readonly options: ProgressOptions) {}

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

  readonly log = (event: LogEvent): void => {
    // Where nobody knows how much there is, requests are what can be counted.
    if (event.event === 'request' && this.#stage && this.#stage.total === undefined) {
      this.advance(this.#stage.done + 1);
    }
    if (levels.indexOf(event.level) > levels.indexOf(this.options.level)) return;
    const { level, event: what, ...fields } = event;
    const parts = Object.entries(fields).map(([key, value]) => `${key}=${String(value)}`);
    this.#line(`${level} ${what} ${parts.join(' ')}`, { level, event: what, ...fields });
  };

  /** What became of an action. Where only trouble is wanted, what went well is left out. */
  outcome(event: ApplyEvent): void {
    const isGood = event.type === 'started' || event.outcome.status === 'done';
    if (isGood && this.options.shows === 'nothing') return;
    const text = eventText(event, paintFor(this.options.stream));
    if (text !== undefined && event.type === 'ended') this.#line(text, eventFields(event.outcome));
  }

  /** A sentence of its own. */
  say(text: string): void {
    this.#line(text, { level: 'info', event: 'notice', message: text });
  }

  /** Nothing is under way any more; where it took long enough to be shown, what it has cost is said. */
  end(statistics?: Statistics): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#stage = undefined;
    this.#clear();
    if (!this.#hasShown || !statistics) return;
    this.#hasShown = false;
    const { requests, writes, retries, milliseconds } = statistics;
    this.#line(costText(statistics), {
      level: 'info',
      event: 'cost',
      requests,
      writes,
      retries,
      milliseconds,
    });
  }

  #show(): void {
    const now = performance.now();
    if (!this.#stage || now - this.#start < patienceMilliseconds) return;
    const { since, ...stage } = this.#stage;
    const current = { ...stage, milliseconds: now - since };
    this.#hasShown = true;
    if (this.options.shows === 'lines') {
      const { name, done, total } = stage;
      const fields = { name, done, ...(total !== undefined && { total }) };
      this.#line(progressLine(current), { level: 'info', event: 'progress', ...fields });
      return;
    }
    this.#clear();
    this.options.stream.write(barText(current, this.options.stream.columns));
    this.#hasBar = true;
  }

  #line(text: string, fields: Readonly<Record<string, unknown>>): void {
    this.#clear();
    const json = { time: new Date().toISOString(), ...fields };
    this.options.stream.write(`${this.options.isJson ? JSON.stringify(json) : text}\n`);
  }

  #clear(): void {
    // Back to the start of the line, and nothing to its end (ECMA-48).
    if (this.#hasBar) this.options.stream.write('\r\u001B[K');
    this.#hasBar = false;
  }
}

/**
 * As the flags and the terminal say.
 *
 * @throws {UsageError} a level or a format is none
 */
export function progressFromFlags(
  { quiet = false, logLevel = 'warn', logFormat = 'text' }: TenantFlags,
  stream: NodeJS.WriteStream = process.stderr,
  environment: NodeJS.ProcessEnv = process.env,
): Progress {
  const level = levels.find((known) => known === logLevel);
  if (level === undefined) {
    throw new UsageError(`--log-level ${logLevel} is none of ${levels.join(', ')}`);
  }
  if (logFormat !== 'text' && logFormat !== 'json') {
    throw new UsageError(`--log-format ${logFormat} is none of text, json`);
  }
  const isJson = logFormat === 'json';
  const isInteractive = stream.isTTY && !isJson && !isCi(environment) && environment.TERM !== 'dumb';
  return new Progress({
    stream,
    shows: quiet ? 'nothing' : isInteractive ? 'bar' : 'lines',
    level,
    isJson,
  });
}

/** CI systems set it; some people say `CI=false`. */
const isCi = ({ CI = '' }: NodeJS.ProcessEnv): boolean => CI !== '' && CI !== 'false' && CI !== '0';
