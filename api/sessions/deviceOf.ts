import Bowser from 'bowser';
import type { DeviceView } from './schema.ts';

const KINDS = new Map<string | undefined, DeviceView['kind']>([
  ['desktop', 'computer'],
  ['mobile', 'phone'],
  ['tablet', 'tablet'],
]);

/** What signed in, in words that its owner knows it by, as far as it says so itself. */
export function deviceOf(userAgent: string): DeviceView {
  if (userAgent === '') return { name: 'Unknown device', kind: 'program' };
  const { browser, os, platform } = Bowser.parse(userAgent);
  if (browser.name) {
    const name = os.name ? `${browser.name} on ${os.name}` : browser.name;
    return { name, kind: KINDS.get(platform.type) ?? 'computer' };
  }
  const program = /^([a-z][\w.-]{0,39})(\/|\s|$)/i.exec(userAgent)?.[1];
  return { name: program ? `Program (${program})` : 'Unknown device', kind: 'program' };
}
