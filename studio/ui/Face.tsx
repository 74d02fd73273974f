import { memo } from 'react';
import { castColour } from './castColour.ts';
import { maskOf } from './mask.ts';

const OTHER_SIDE = 'translate(40 0) scale(-1 1)';

interface FaceProps {
  readonly name: string;
  /** Place in the cast, which decides the colour. */
  readonly index: number;
  readonly size?: number;
  /** True beside the written name, so that nobody hears it twice. */
  readonly isDecorative?: boolean;
}

/** The mask of an agent: its strokes come from the name, its colour from the place in the cast. */
export const Face = memo(function Face({ name, index, size = 32, isDecorative = false }: FaceProps) {
  const drawing = <Mask name={name} colour={castColour(index)} size={size} />;
  if (isDecorative) return drawing;
  return (
    <span role="img" aria-label={name} title={name} style={{ display: 'inline-flex', flex: 'none' }}>
      {drawing}
    </span>
  );
});

interface MaskProps {
  readonly name: string;
  readonly colour: string;
  readonly size: number;
}

function Mask({ name, colour, size }: MaskProps) {
  const { eye, mouth, brow, hasCheeks } = maskOf(name);
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 40 40"
      style={{ flex: 'none', display: 'block' }}
    >
      <circle cx="20" cy="20" r="20" fill={colour} />
      <g fill="none" stroke="var(--mask)" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round">
        <path d={eye} />
        <path d={eye} transform={OTHER_SIDE} />
        {brow !== '' && <path d={brow} opacity=".8" />}
        {brow !== '' && <path d={brow} opacity=".8" transform={OTHER_SIDE} />}
        <path d={mouth} />
      </g>
      {hasCheeks && (
        <g fill="var(--mask)" opacity=".28">
          <circle cx="11" cy="22" r="2" />
          <circle cx="29" cy="22" r="2" />
        </g>
      )}
    </svg>
  );
}
