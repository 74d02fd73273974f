import { z } from 'zod';

const Inputs = z.record(z.string(), z.string());

// What looks like a secret is asked for each time and never kept in the browser.
const SECRET = /secret|password|passwort|token|api_?key|credential/i;
const LONGEST = 20_000;

const keyOf = (crewId: string) => `troupe.inputs.${crewId}`;

/** What was given to this crew last time, on this machine. */
export function readInputs(crewId: string): Readonly<Record<string, string>> {
  try {
    return Inputs.parse(JSON.parse(localStorage.getItem(keyOf(crewId)) ?? '{}'));
  } catch {
    return {};
  }
}

export function rememberInputs(crewId: string, inputs: Readonly<Record<string, string>>): void {
  try {
    localStorage.setItem(keyOf(crewId), JSON.stringify(worthKeeping(inputs)));
  } catch {
    // Storage may be full or forbidden; the form then starts empty.
  }
}

export const worthKeeping = (inputs: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(inputs).filter(([name, value]) => !SECRET.test(name) && value.length <= LONGEST),
  );
