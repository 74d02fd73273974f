import { createContext } from 'react';

/** True when the stage is seen from so far that nobody can read: nodes then draw only their colour. */
export const FarContext = createContext(false);

export const FAR_ZOOM = 0.35;
