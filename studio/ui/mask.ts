const EYES = [
  'M9 14q3-3 6 0',
  'M9 14a3 2.4 0 1 0 6 0a3 2.4 0 1 0-6 0',
  'M9 13.5h6',
  'M9 15q3-4 6 0z',
] as const;
const MOUTHS = [
  'M14 26q6 6 12 0',
  'M14 28q6-5 12 0',
  'M15 26h10',
  'M14 25q6 8 12 0z',
  'M16 27a4 3 0 1 0 8 0a4 3 0 1 0-8 0',
] as const;
const BROWS = ['', 'M8 10q4-2 8 0', 'M8 9l7 2', 'M8 11l7-2'] as const;

export interface Mask {
  readonly eye: string;
  readonly mouth: string;
  readonly brow: string;
  readonly hasCheeks: boolean;
}

/** The strokes of a name's mask: the same name has the same mask everywhere and always. */
export function maskOf(name: string): Mask {
  let hash = 2_166_136_261;
  for (const character of name) hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619) >>> 0;
  const pick = (count: number) => {
    hash = (Math.imul(hash, 1_664_525) + 1_013_904_223) >>> 0;
    return hash % count;
  };
  return {
    eye: EYES[pick(EYES.length)] ?? EYES[0],
    mouth: MOUTHS[pick(MOUTHS.length)] ?? MOUTHS[0],
    brow: BROWS[pick(BROWS.length)] ?? '',
    hasCheeks: pick(2) === 1,
  };
}
