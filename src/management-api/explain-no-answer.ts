import { showEndpoint } from './endpoint.js';
import type { NoAnswerError } from './exchange.js';

export interface Explanation {
  readonly message: string;
  readonly hint: string;
}

const checkEndpoint = 'Check the endpoint (LOGTO_ENDPOINT).';

/** What to tell about a request that got no answer, or not a whole one. */
export function explainNoAnswer(error: NoAnswerError, server: URL, timeoutSeconds: number): Explanation {
  const { code } = error;
  const place = placeOf(server);
  switch (code) {
    case 'ECONNREFUSED':
      return {
        message: `nothing listens at ${place} (connection refused).`,
        hint: `Is Logto running? ${checkEndpoint}`,
      };
    case 'ENOTFOUND':
      return { message: `there is no host named ${server.hostname}.`, hint: checkEndpoint };
    case 'EAI_AGAIN':
      return {
        message: `no name server answered for ${server.hostname}.`,
        hint: 'Check the network of this machine, then run again.',
      };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return {
        message: `${place} cannot be reached (${code}).`,
        hint: `Check the network, firewalls and proxies between here and there. ${checkEndpoint}`,
      };
    case 'TIMEOUT':
      return error.mayHaveArrived
        ? {
            message: `no complete answer from ${place} within ${timeoutSeconds} seconds.`,
            hint: 'Run again; if the server is slow, with a lower --concurrency.',
          }
        : {
            message: `no connection to ${place} within ${timeoutSeconds} seconds.`,
            hint: `Check the network, firewalls and proxies between here and there. ${checkEndpoint}`,
          };
    case 'TRUNCATED':
      return { message: 'the answer broke off.', hint: 'Run again; a proxy on the way may have cut it.' };
    case 'UNREADABLE':
      return {
        message: 'the answer is said to be JSON but is not, or not all of it.',
        hint: 'Run again; a proxy on the way may have cut it.',
      };
    case 'ECONNRESET':
    case 'EPIPE':
      return error.mayHaveArrived
        ? {
            message: `${place} closed the connection without an answer (${code}).`,
            hint:
              server.protocol === 'http:'
                ? 'Run again. Or should the endpoint begin with https?'
                : 'Run again.',
          }
        : { message: `${place} refused the connection (${code}).`, hint: checkEndpoint };
    default:
      return (
        explainProtocol(error, server) ?? {
          message: `${error.message || code} at ${place}.`,
          hint: checkEndpoint,
        }
      );
  }
}

function explainProtocol({ code, message }: NoAnswerError, server: URL): Explanation | undefined {
  const place = placeOf(server);
  if (code.startsWith('HPE_')) {
    return {
      message: `${place} does not speak HTTP.`,
      hint: `Should the endpoint begin with https? ${checkEndpoint}`,
    };
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) {
    return { message: `${place} does not speak TLS as we do.`, hint: 'Should the endpoint begin with http?' };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      message: `the certificate of ${place} was issued for another host name.`,
      hint: 'Use the host name that the certificate names as the endpoint.',
    };
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return {
      message: `the certificate of ${place} is not valid now (${code}).`,
      hint: 'Renew it, or set the clock of this machine.',
    };
  }
  if (/^(SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|CERT_|ERR_TLS_)/.test(code)) {
    return {
      message: `the certificate of ${place} is not trusted (${message}).`,
      hint: 'If it is your own authority that issued it: NODE_EXTRA_CA_CERTS=/path/to/ca.pem',
    };
  }
  return undefined;
}

/** Host and port, and the scheme by which we tried. */
const placeOf = (server: URL): string => showEndpoint(new URL('/', server));
