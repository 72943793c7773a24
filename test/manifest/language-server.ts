import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';

export interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

/** An editor with one open YAML file, as far as the language server can tell. */
export interface Editor {
  readonly diagnostics: () => Promise<readonly Diagnostic[]>;
  readonly complete: (line: number, character: number) => Promise<readonly string[]>;
  readonly hover: (line: number, character: number) => Promise<string>;
}

const root = join(__dirname, '..', '..');

/** Opens a text as `examples/test/manifest.yaml` in the YAML language server that editors use. */
export async function inEditor<T>(text: string, run: (editor: Editor) => Promise<T>): Promise<T> {
  const server = spawn(process.execPath, [
    join(root, 'node_modules', 'yaml-language-server', 'bin', 'yaml-language-server'),
    '--stdio',
  ]);
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  try {
    return await run(await open(connection, text));
  } finally {
    connection.dispose();
    server.kill();
  }
}

async function open(connection: MessageConnection, text: string): Promise<Editor> {
  const uri = pathToFileURL(join(root, 'examples', 'test', 'manifest.yaml')).href;
  const published = new Promise<readonly Diagnostic[]>((resolve) => {
    connection.onNotification('textDocument/publishDiagnostics', (params: { diagnostics: Diagnostic[] }) => {
      resolve(params.diagnostics);
    });
  });
  connection.onRequest('workspace/configuration', ({ items }: { items: readonly unknown[] }) =>
    items.map(() => ({ validate: true, hover: true, completion: true, schemaStore: { enable: false } })),
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    capabilities: {
      textDocument: {
        completion: { completionItem: { snippetSupport: true } },
        hover: {},
        publishDiagnostics: {},
      },
      workspace: { configuration: true },
    },
  });
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'yaml', version: 1, text },
  });
  const at = (line: number, character: number) => ({ textDocument: { uri }, position: { line, character } });
  return {
    diagnostics: () => published,
    complete: async (line, character) => {
      const result = await connection.sendRequest<{ readonly items: readonly { readonly label: string }[] }>(
        'textDocument/completion',
        at(line, character),
      );
      return result.items.map(({ label }) => label);
    },
    hover: async (line, character) => {
      const result = await connection.sendRequest<{ readonly contents: { readonly value: string } } | null>(
        'textDocument/hover',
        at(line, character),
      );
      return result?.contents.value ?? '';
    },
  };
}
