import { alignTabs } from '../../base';

const TABS = { minWidth: 0, padding: 2 } as const;

/** A describe page in the making: lines with tabs, aligned block by block. */
export class Page {
  private readonly blocks: string[] = [];
  private current = '';

  /** Adds text at a level of indentation; a line may be made of several writes. */
  write(level: number, text: string): void {
    this.current += '  '.repeat(level) + text;
  }

  /** Adds a "Name:<tab>value" line. */
  field(level: number, name: string, value: string | number | boolean | undefined): void {
    this.write(level, `${name}:\t${value ?? ''}\n`);
  }

  /** Aligns what there is so far; what follows is aligned on its own. */
  flush(): void {
    if (this.current === '') return;
    this.blocks.push(alignTabs(this.current, TABS));
    this.current = '';
  }

  /** What was written since the last flush, with its tabs as they are. */
  raw(): string {
    return this.current;
  }

  /** The whole page. */
  text(): string {
    this.flush();
    return this.blocks.join('');
  }
}
