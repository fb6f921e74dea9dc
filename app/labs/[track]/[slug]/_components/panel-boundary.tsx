'use client';

import { Component, type ReactNode } from 'react';
import buttons from '../../../../_ui/button.module.css';
import { BenchSwitch } from './bench-switch';
import head from './panel-head.module.css';
import { isOnBench, PANEL_LABELS, type PanelName } from './panels';

interface Props {
  readonly panel: PanelName;
  readonly children: ReactNode;
}

/**
 * Keeps what goes wrong in one panel from taking the whole lab away: the others go on, and this one can be shown again. A class,
 * because React has boundaries in no other form; React itself writes the error to the console.
 */
export class PanelBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    const { panel, children } = this.props;
    if (!this.state.failed) return children;
    return (
      <section className={head.panel} aria-label={PANEL_LABELS[panel]} data-panel-name={panel}>
        <header className={head.head}>
          <h2 className={isOnBench(panel) ? 'visually-hidden' : undefined}>{PANEL_LABELS[panel]}</h2>
          {isOnBench(panel) ? <BenchSwitch /> : null}
        </header>
        <div className={head.strip}>
          <p>
            <strong>This panel failed.</strong> That is a fault of ours. The other panels go on, and your
            cluster and files are as you left them.
          </p>
          <button
            type="button"
            className={`${buttons.button} ${head.small}`}
            onClick={() => this.setState({ failed: false })}
          >
            Show it again
          </button>
        </div>
      </section>
    );
  }
}
