import { expect, it } from 'vitest';
import { plainName } from './plainName.ts';

it.each([
  ['\u202egnp.exe', 'gnp.exe'],
  ['Ada\u0000\u001b[31m', 'Ada [31m'],
  [' Ada\nOwner of everything ', 'Ada Owner of everything'],
  ['\u2066Ada\u2069', 'Ada'],
])('%j is kept as %j', (given, kept) => expect(plainName(given)).toBe(kept));

it.each(['Zoë Ångström', 'محمد', 'נועה', '李小龙', '👩‍💻 Ada'])('%s stays as it is', (name) => {
  expect(plainName(name)).toBe(name);
});
