/** Colours of the console, light theme. */
export const palette = {
  black: '#16181d',
  white: '#fdfdfc',
  yellow: '#e8b416',
  brown: '#7a5230',
  red: '#c8332b',
} as const;
