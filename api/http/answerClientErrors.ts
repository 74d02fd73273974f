import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

const STATUS = new Map([
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
]);

/** What Node could not read as a request is answered as everything else is, although no handler ever sees it. */
export function answerClientErrors(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else refuse(socket, STATUS.get(error.code ?? '') ?? '400 Bad Request');
  });
}

function refuse(socket: Duplex, status: string): void {
  const body = JSON.stringify({
    type: 'about:blank',
    title: 'The request is not valid.',
    status: Number(status.slice(0, 3)),
    code: 'request.invalid',
    detail: 'The request is not valid.',
  });
  const head = [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    'Cache-Control: no-store',
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options: nosniff',
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
