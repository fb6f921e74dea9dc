'use client';

import { memo, type ReactNode, useState } from 'react';
import { createPortal } from 'react-dom';
import { type CodeBlock, readCodeBlock } from './code-block';
import styles from './code-prose.module.css';
import { CopyButton } from './copy-button';
import { trustedHtml } from './trusted-html';

interface Place {
  readonly host: HTMLElement;
  readonly block: CodeBlock;
}

/** Puts an empty bar before each code block of `root` and tells what each block holds. */
function placeBars(root: HTMLElement): Place[] {
  return [...root.querySelectorAll('pre')].map((pre) => {
    const existing = pre.previousElementSibling;
    const host =
      existing instanceof HTMLElement && existing.dataset.codeBar === ''
        ? existing
        : document.createElement('div');
    host.dataset.codeBar = '';
    host.className = styles.bar ?? '';
    pre.before(host);
    pre.tabIndex = pre.scrollWidth > pre.clientWidth ? 0 : -1;
    return { host, block: readCodeBlock(pre) };
  });
}

/** Elements that the page fills: questions and pictures. */
const findSlots = (root: HTMLElement): readonly HTMLElement[] => [
  ...root.querySelectorAll<HTMLElement>('[data-quiz], [data-picture]'),
];

const Html = memo(function Html({
  html,
  onReady,
}: {
  readonly html: string;
  readonly onReady: (root: HTMLElement) => void;
}) {
  return (
    <div
      ref={(root) => (root === null ? undefined : onReady(root))}
      className="prose"
      {...trustedHtml(html)}
    />
  );
});

/** Sanitised prose whose code blocks can be copied, and whatever else `actions` and `slots` offer. */
export function CodeProse({
  html,
  actions,
  slots,
}: {
  readonly html: string;
  readonly actions?: (block: CodeBlock) => ReactNode;
  /** What to put into an element with `data-quiz` or `data-picture`. */
  readonly slots?: (host: HTMLElement) => ReactNode;
}) {
  const [places, setPlaces] = useState<readonly Place[]>([]);
  const [hosts, setHosts] = useState<readonly HTMLElement[]>([]);
  const [onReady] = useState(() => (root: HTMLElement) => {
    setPlaces(placeBars(root));
    setHosts(findSlots(root));
  });
  return (
    <>
      <Html key={html} html={html} onReady={onReady} />
      {places.map(({ host, block }, index) =>
        createPortal(
          <>
            {actions?.(block)}
            <CopyButton text={block.copyText} />
          </>,
          host,
          String(index),
        ),
      )}
      {slots === undefined
        ? null
        : hosts.map((host, index) => createPortal(slots(host), host, `slot-${index}`))}
    </>
  );
}
