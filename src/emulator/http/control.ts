import { jsonAnswer, reasonAnswer, type Answer } from './answer.js';
import { parseFaults, type FaultList } from './faults.js';
import type { RequestLog } from './request-log.js';

export interface Controls {
  readonly faults: FaultList;
  readonly log: RequestLog;
  /** Makes the tenant fresh again. */
  reset(): Promise<void>;
  /** Makes the client secrets so much older, as if that time had passed. */
  age(seconds: number): Promise<void>;
}

/** The endpoints that steer the emulator: `/__reset`, `/__age`, `/__faults`, `/__requests`. Logto has none of them. */
export async function answerControl(
  controls: Controls,
  method: string,
  path: string,
  bytes: Buffer,
): Promise<Answer> {
  switch (`${method} ${path}`) {
    case 'POST /__reset':
      controls.faults.replace([]);
      await controls.reset();
      controls.log.clear();
      return reasonAnswer(204);
    case 'POST /__age':
      return age(controls, bytes);
    case 'POST /__faults':
      return setFaults(controls.faults, bytes);
    case 'GET /__faults':
      return jsonAnswer(200, controls.faults.remaining());
    case 'GET /__requests':
      return jsonAnswer(200, controls.log.counts());
    case 'DELETE /__requests':
      controls.log.clear();
      return reasonAnswer(204);
    default:
      return reasonAnswer(404);
  }
}

async function age(controls: Controls, bytes: Buffer): Promise<Answer> {
  const { seconds } = (parseJson(bytes) ?? {}) as { readonly seconds?: unknown };
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) {
    return jsonAnswer(400, { message: 'Send { "seconds": … }.' });
  }
  await controls.age(seconds);
  return reasonAnswer(204);
}

function setFaults(list: FaultList, bytes: Buffer): Answer {
  const faults = parseFaults(parseJson(bytes));
  if (typeof faults === 'string') return jsonAnswer(400, { message: faults });
  list.replace(faults);
  return reasonAnswer(204);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
