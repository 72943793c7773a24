import { ApiError } from '../errors.js';
import { isObject } from '../json.js';
import { type Answer, codeOf, requestIdOf } from './answer.js';
import { basePath } from './endpoint.js';
import { explainTokenRefusal, missingScope, notLogto } from './explain-token-refusal.js';
import { commonHeaders } from './common-headers.js';
import { type Call, describe, type Sender } from './sender.js';

export interface Credentials {
  readonly endpoint: URL;
  readonly appId: string;
  readonly appSecret: string;
  /** The indicator of the Management API. */
  readonly resource: string;
}

/** The only scope that the Management API has. */
const scope = 'all';

interface Token {
  readonly text: string;
  /** What it permits. */
  readonly scopes: readonly string[];
  /** Why it is good for nothing: Logto gives a token without the scope rather than none. */
  readonly useless?: ApiError;
  /** By the clock of {@link performance}, which nobody sets. */
  readonly renewAt: number;
}

/** The access token of this run: fetched when it is first needed, by one request, and again before it expires. */
export class AccessToken {
  #token: Promise<Token> | undefined;
  #renewAt = Infinity;
  readonly #known = new Set<string>();

  constructor(
    private readonly credentials: Credentials,
    private readonly sender: Sender,
  ) {
    const { appSecret } = credentials;
    // A secret of a few letters is none of Logto's, and to hide it would tear holes into words.
    if (appSecret.length >= 8) this.#known.add(appSecret).add(formEncode(appSecret));
    this.#known.add(basicCredentials(credentials));
  }

  /** @throws {ApiError} Logto gives us none, or one that is good for nothing */
  async get(): Promise<string> {
    const token = this.#current();
    const { text, useless } = await token;
    if (useless === undefined) return text;
    if (this.#token === token) this.#token = undefined;
    throw useless;
  }

  /**
   * The scopes that were given, also where they are not enough.
   *
   * @throws {ApiError} Logto gives us no token
   */
  async signIn(): Promise<readonly string[]> {
    return (await this.#current()).scopes;
  }

  #current(): Promise<Token> {
    if (!this.#token || performance.now() >= this.#renewAt) {
      this.#renewAt = Infinity;
      const token = this.#fetch();
      this.#token = token;
      // A failure is told to all who wait for this token; whoever asks later tries anew.
      token.then(
        ({ renewAt }) => {
          if (this.#token === token) this.#renewAt = renewAt;
        },
        () => {
          if (this.#token === token) this.#token = undefined;
        },
      );
    }
    return this.#token;
  }

  /** Tells that the API refused a token. One that is not in use any more was replaced meanwhile by somebody else. */
  async drop(refused: string): Promise<void> {
    const token = this.#token;
    if (token && (await token).text === refused && this.#token === token) this.#token = undefined;
  }

  /** Takes what must not be shown out of a text: a server or a proxy may repeat what it was sent. */
  hide(text: string): string {
    return [...this.#known].reduce((rest, secret) => rest.replaceAll(secret, '(hidden)'), text);
  }

  async #fetch(): Promise<Token> {
    const { endpoint, resource } = this.credentials;
    const askedAt = performance.now();
    const call: Call = {
      method: 'POST',
      path: `${basePath(endpoint)}/oidc/token`,
      headers: {
        ...commonHeaders,
        authorization: `Basic ${basicCredentials(this.credentials)}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource, scope }).toString(),
      isRepeatable: true,
      isForToken: true,
    };
    const { answer } = await this.sender.send(call);
    const { seconds, ...token } = this.#read(call, answer);
    this.#known.add(token.text);
    // A minute early, so that a request which waits for its turn does not arrive with an expired one.
    return { ...token, renewAt: askedAt + (seconds - Math.min(60, seconds / 10)) * 1000 };
  }

  #read(call: Call, answer: Answer): Omit<Token, 'renewAt'> & { readonly seconds: number } {
    const fail = ({ message, hint }: { message: string; hint: string }): ApiError => {
      const requestId = requestIdOf(answer);
      const id = requestId === undefined ? '' : ` (request id ${requestId})`;
      return new ApiError(this.hide(`${describe(call)}: ${message}${id}`), {
        request: describe(call),
        status: answer.status,
        code: this.hide(codeOf(answer)),
        hint,
        ...(requestId !== undefined && { requestId }),
      });
    };
    if (answer.status !== 200) throw fail(explainTokenRefusal(answer, this.credentials));
    if (!isObject(answer.json)) throw fail(notLogto(answer, this.credentials.endpoint));
    const { access_token: text, expires_in: seconds, scope: granted } = answer.json;
    if (typeof text !== 'string' || text === '') throw fail(notLogto(answer, this.credentials.endpoint));
    const scopes = typeof granted === 'string' ? granted.split(' ').filter((name) => name !== '') : [];
    return {
      text,
      scopes,
      seconds: typeof seconds === 'number' ? seconds : 3600,
      ...(!scopes.includes(scope) && { useless: fail(missingScope(this.credentials)) }),
    };
  }
}

/** RFC 6749 section 2.3.1; Logto decodes both parts, so a `%`, `+` or `:` in a secret must be encoded. */
const basicCredentials = ({ appId, appSecret }: Credentials): string =>
  Buffer.from(`${formEncode(appId)}:${formEncode(appSecret)}`).toString('base64');

const formEncode = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);
