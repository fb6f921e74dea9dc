'use client';

import { useEffect, useRef, useState } from 'react';
import type { FollowNews } from '../../../../../../lib/server';
import { openEventStream } from '../../../../../_client/event-stream';
import type { TerminalHandle } from '../../../../../_client/terminal/open-terminal';
import { setFollowing } from '../../../../_actions/help-actions';
import { ActionForm } from '../../../../_components/action-form';
import styles from './follow-terminal.module.css';

/** A learner's terminal, read-only, once they agree; both sides see that it is watched. */
export function FollowTerminal({
  cohortId,
  workspaceId,
  asked,
}: {
  readonly cohortId: string;
  readonly workspaceId: string;
  readonly asked: boolean;
}) {
  return (
    <div className={styles.follow}>
      {asked ? <Glass address={`/cohorts/${cohortId}/work/${workspaceId}/terminal`} /> : null}
      <ActionForm
        action={setFollowing.bind(null, cohortId, workspaceId, !asked)}
        submit={asked ? 'Stop watching' : 'Ask to watch the terminal'}
        quiet
        inline
      />
    </div>
  );
}

function Glass({ address }: { readonly address: string }) {
  const host = useRef<HTMLDivElement>(null);
  const [agreed, setAgreed] = useState(false);
  useEffect(() => {
    let terminal: TerminalHandle | undefined;
    let gone = false;
    let close = () => {};
    const open = async () => {
      const { openTerminal } = await import('../../../../../_client/terminal/open-terminal');
      if (gone || host.current === null) return;
      terminal = openTerminal(host.current, false, { onKeys: () => {}, onSize: () => {}, onFind: () => {} });
      close = openEventStream<FollowNews>(address, {
        onNews(news) {
          if (news.type === 'output') return terminal?.write(news.text);
          terminal?.clear();
          setAgreed(news.agreed);
        },
      });
    };
    void open();
    return () => {
      gone = true;
      close();
      terminal?.dispose();
    };
  }, [address]);
  return (
    <div className={styles.frame} data-agreed={agreed}>
      <p className={styles.word} aria-live="polite">
        {agreed
          ? 'You are watching their terminal. They see that you do; keys go nowhere.'
          : 'Asked. Nothing is shown until they agree on their lab page.'}
      </p>
      <div ref={host} className={styles.host} />
    </div>
  );
}
