'use client';

import { Command } from 'cmdk';
import type { ReactNode } from 'react';

/** A line of the palette, found by the letters of `value`, which has the label's words: it closes the palette, then does what it says. */
export function paletteEntry(close: () => void, value: string, label: ReactNode, run: () => void) {
  return (
    <Command.Item
      key={value}
      value={value}
      onSelect={() => {
        close();
        run();
      }}
    >
      {label}
    </Command.Item>
  );
}
