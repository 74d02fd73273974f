import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, answerFor } from './answer.ts';
import { DIALECTS, type DialectWire, type Frame } from './dialects.ts';
import type { CallRecord, Reply } from './script.ts';

export interface Delivery {
  readonly call: CallRecord;
  readonly reply: Reply;
  readonly response: ServerResponse;
  /** Aborted when the client goes away or the server stops. */
  readonly signal: AbortSignal;
  readonly latencyMs: number;
  readonly length: number;
  /** Resolves when the gate is released. */
  readonly waitAtGate: () => Promise<void>;
}

const HTML =
  '<!doctype html><html><head><title>Welcome</title></head><body>Please sign in to the Wi-Fi.</body></html>';

/** Sends one reply. Resolves when it was sent as far as it should be; rejects when the client went away. */
export async function send(delivery: Delivery): Promise<void> {
  const { call, reply, response, signal } = delivery;
  const wire = DIALECTS[call.dialect];
  const answer = answerFor(call, reply, delivery.length);
  const latency = reply.latencyMs ?? delivery.latencyMs;
  if (latency > 0) await sleep(latency, undefined, { signal });
  if (reply.hold === 'before') await delivery.waitAtGate();
  if (reply.fault === 'silence') return forever(signal);
  if (reply.status !== undefined) return sendError(reply.status, delivery, wire);
  if (reply.fault === 'html') return end(response, 'text/html; charset=utf-8', HTML);
  if (reply.fault === 'empty') return end(response, 'text/event-stream', '');
  if (call.body.stream !== true) return sendWhole(JSON.stringify(wire.whole(answer)), delivery);
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  await sendStream(answer, delivery, wire);
}

function end(response: ServerResponse, type: string, body: string, status = 200, headers = {}): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
}

function sendError(status: number, { reply, response }: Delivery, wire: DialectWire): void {
  if (reply.fault === 'html') return end(response, 'text/html; charset=utf-8', HTML, status, reply.headers);
  if (reply.fault === 'empty') return end(response, 'text/plain', '', status, reply.headers);
  end(response, 'application/json', JSON.stringify(wire.error(status, reply.error)), status, reply.headers);
}

async function sendWhole(body: string, { reply, response, waitAtGate }: Delivery): Promise<void> {
  if (reply.hold !== 'half' && reply.fault !== 'cut') return end(response, 'application/json', body);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.write(body.slice(0, body.length / 2));
  if (reply.fault === 'cut') return breakOff(response);
  await waitAtGate();
  response.end(body.slice(body.length / 2));
}

async function sendStream(answer: Answer, delivery: Delivery, wire: DialectWire): Promise<void> {
  const { reply, response, signal, call } = delivery;
  const { fault } = reply;
  const frames = wire.stream(answer, call.body, fault);
  const half = halfOf(frames);
  if (fault === 'silentAfterHeaders') {
    response.flushHeaders();
    return forever(signal);
  }
  await writeFrames(twice(frames.slice(0, half), fault === 'duplicate'), delivery);
  if (reply.hold === 'half') await delivery.waitAtGate();
  if (fault === 'silentAfterHalf') return forever(signal);
  if (fault === 'endAfterHalf') return void response.end();
  if (fault === 'cut') return breakOff(response);
  if (fault === 'errorFrame') return void response.end(wire.errorFrame.bytes);
  if (fault === 'brokenFrame')
    return void response.end(`${wire.textFrame(answer, 'broken').bytes.slice(0, -12)}\n\n`);
  if (fault === 'endless') return writeEndless(answer, delivery, wire);
  await writeFrames(twice(frames.slice(half), fault === 'duplicate'), delivery);
  response.end(fault === 'withoutEnd' ? undefined : wire.end.bytes);
}

/** Up to the middle one of the frames with text. */
function halfOf(frames: readonly Frame[]): number {
  const withText = frames.flatMap(({ hasText }, index) => (hasText ? [index] : []));
  return (withText[Math.ceil(withText.length / 2) - 1] ?? 0) + 1;
}

const twice = (frames: readonly Frame[], isWanted: boolean): readonly Frame[] =>
  isWanted ? frames.flatMap((frame) => (frame.hasText ? [frame] : [frame, frame])) : frames;

async function writeFrames(frames: readonly Frame[], { reply, response, signal }: Delivery): Promise<void> {
  const gap = reply.chunks?.gapMs ?? 0;
  if (reply.fault === 'splitBytes') return writeSplit(frames.map(({ bytes }) => bytes).join(''), response);
  if (gap === 0) return void response.write(frames.map(({ bytes }) => bytes).join(''));
  for (const { bytes, hasText } of frames) {
    if (hasText) await sleep(gap, undefined, { signal });
    response.write(bytes);
  }
}

/** Five bytes a packet: a character of four bytes is cut somewhere. */
async function writeSplit(text: string, response: ServerResponse): Promise<void> {
  const bytes = Buffer.from(text);
  response.socket?.setNoDelay(true);
  for (let at = 0; at < bytes.length; at += 5) {
    await new Promise<void>((resolve) => {
      response.write(bytes.subarray(at, at + 5), () => resolve());
    });
  }
}

async function writeEndless(
  answer: Answer,
  { response, signal }: Delivery,
  wire: DialectWire,
): Promise<void> {
  const { bytes } = wire.textFrame(answer, 'and so on '.repeat(1_000));
  while (!signal.aborted) {
    if (!response.write(bytes)) await drained(response, signal);
  }
  signal.throwIfAborted();
}

function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    response.once('drain', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** After what was written has left, so that the client sees the half and then the break. */
function breakOff(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    response.write('', () => {
      response.destroy();
      resolve();
    });
  });
}

function forever(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
}
