import type { AriaLabelConfig, FitViewOptions } from 'reactflow';

/** From here on only what is in view is in the page; fewer cards are drawn faster than they are watched. */
export const CULL_FROM = 300;

export const LEAST_ZOOM = 0.08;
export const MOST_ZOOM = 2;

/** Shows all, and leaves the lower edge to what floats there. */
export const FIT: FitViewOptions = {
  maxZoom: 1,
  padding: { top: '40px', right: '40px', bottom: '84px', left: '40px' },
};

/** In our words. Without coordinates: React Flow tells those of the step before. */
export const ariaLabels: Partial<AriaLabelConfig> = {
  'node.a11yDescription.default':
    'Press Enter to choose it and write on it, the arrow keys to move it, Delete to remove it.',
  'node.a11yDescription.keyboardDisabled': 'Press Enter to choose it.',
  'node.a11yDescription.ariaLiveMessage': ({ direction }) => `Moved ${direction}`,
  'handle.ariaLabel': 'Port',
  'minimap.ariaLabel': 'Small map of the stage',
};
