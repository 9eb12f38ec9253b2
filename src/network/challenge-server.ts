import http from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import tls from 'node:tls';

export interface ListenPlace {
  /** Undefined: all addresses. */
  readonly host: string | undefined;
  readonly port: number;
}

/** An answer that is being given; the server ends with its last one. */
export interface Answer {
  stop(): Promise<void>;
}

interface Running<T> {
  readonly server: Server;
  /** Connections to it, of which some are never closed by whoever opened them. */
  readonly sockets: ReadonlySet<Socket>;
  readonly answers: Map<string, T>;
}

/** Several certificates of one run may be proved through one port at once, so that its server is shared. */
const httpServers = new Map<string, Promise<Running<string>>>();
const tlsServers = new Map<string, Promise<Running<tls.SecureContext>>>();

/** Answers one path with one text. @throws Error with a code such as EADDRINUSE or EACCES */
export async function answerHttp(place: ListenPlace, path: string, body: string): Promise<Answer> {
  return await share(httpServers, place, path, body, (answers) =>
    http.createServer((request, response) => {
      const found = request.method === 'GET' || request.method === 'HEAD' ? answers.get(request.url ?? '') : undefined;
      response.writeHead(found === undefined ? 404 : 200, {
        'content-type': 'application/octet-stream',
        connection: 'close',
      });
      response.end(found ?? '');
    }),
  );
}

/** Presents one certificate for one name to whoever speaks `acme-tls/1` (RFC 8737 section 3). @throws as answerHttp */
export async function answerTlsAlpn(
  place: ListenPlace,
  serverName: string,
  key: string,
  certificate: string,
): Promise<Answer> {
  const context = tls.createSecureContext({ key, cert: certificate });
  return await share(tlsServers, place, serverName, context, (answers) =>
    tls.createServer(
      { ALPNProtocols: ['acme-tls/1'], SNICallback: (name, done) => done(null, answers.get(name.toLowerCase())) },
      (socket) => {
        socket.on('error', () => undefined);
        socket.end();
      },
    ),
  );
}

/** Opens a port and closes it again. @throws as answerHttp */
export async function tryToListen(place: ListenPlace): Promise<void> {
  const server = await listen(createServer(), place);
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

async function share<T>(
  servers: Map<string, Promise<Running<T>>>,
  place: ListenPlace,
  name: string,
  answer: T,
  create: (answers: ReadonlyMap<string, T>) => Server,
): Promise<Answer> {
  const key = `${place.host ?? '*'}:${place.port}`;
  let starting = servers.get(key);
  if (starting === undefined) {
    const answers = new Map<string, T>();
    const sockets = new Set<Socket>();
    const created = create(answers).on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    starting = listen(created, place).then((server) => ({ server, sockets, answers }));
    servers.set(key, starting);
    starting.catch(() => servers.delete(key));
  }
  const running = await starting;
  running.answers.set(name, answer);
  return {
    async stop() {
      if (!running.answers.delete(name) || running.answers.size > 0) return;
      servers.delete(key);
      const closed = new Promise<void>((resolve) => running.server.close(() => resolve()));
      for (const socket of running.sockets) socket.destroy();
      await closed;
    },
  };
}

function listen(server: Server, { host, port }: ListenPlace): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve(server);
    });
  });
}
