import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import {
  currentPerson,
  progressFor,
  readSandboxSlug,
  SANDBOX_NODES,
  SANDBOX_SEEDS,
  SANDBOX_TRACK,
  sandboxSlug,
  sandboxWords,
} from '../../lib/server';
import buttons from '../_ui/button.module.css';
import frame from '../_ui/page-frame.module.css';
import { SiteFooter } from '../_ui/site-footer';
import { SiteHeader } from '../_ui/site-header';
import styles from './page.module.css';

/** Title and summary of the page. */
export const metadata: Metadata = {
  title: 'Sandbox',
  description: 'A cluster of your own without tasks: choose its nodes, its cloud and how kube-proxy works.',
};

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

/** The sandbox that a sent form asks for; undefined when it asks for none, or for one that there is not. */
async function chosen(searchParams: Props['searchParams']): Promise<string | undefined> {
  const { nodes, cloud, proxy, seed } = await searchParams;
  const slug = sandboxSlug({
    nodes: Number(nodes),
    cloud: cloud === 'aws' ? 'aws' : 'none',
    proxyMode: proxy === 'ipvs' ? 'ipvs' : 'iptables',
    seed: Number(seed),
  });
  return readSandboxSlug(slug) ? slug : undefined;
}

function Choice({
  name,
  label,
  hint,
  choices,
}: {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly choices: Readonly<Record<string, string>>;
}) {
  return (
    <fieldset className={styles.choice}>
      <legend>{label}</legend>
      <p id={`${name}-hint`}>{hint}</p>
      <div className={styles.options}>
        {Object.entries(choices).map(([value, text], index) => (
          <label key={value}>
            <input
              type="radio"
              name={name}
              value={value}
              defaultChecked={index === 0}
              aria-describedby={`${name}-hint`}
            />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export default async function SandboxPage({ searchParams }: Props) {
  const slug = await chosen(searchParams);
  if (slug !== undefined) redirect(`/labs/${SANDBOX_TRACK}/${slug}`);
  const guest = await currentPerson();
  const own = (await progressFor(guest))
    .filter(({ track }) => track === SANDBOX_TRACK)
    .flatMap(({ slug: each }) => {
      const choice = readSandboxSlug(each);
      return choice ? [{ slug: each, words: sandboxWords(choice) }] : [];
    });
  return (
    <>
      <SiteHeader />
      <main id="main" className={frame.page}>
        <header className={frame.head}>
          <h1>Sandbox</h1>
          <p>
            A cluster of your own, with terminal and editor and nothing asked. Undo takes back the last
            command, and what you leave is there when you come back.
          </p>
        </header>
        <form className={styles.form} action="/sandbox">
          <fieldset className={styles.choice}>
            <legend>Nodes</legend>
            <p id="nodes-hint">One is the control plane; your Pods run on the others.</p>
            <select name="nodes" defaultValue={3} aria-label="Nodes" aria-describedby="nodes-hint">
              {SANDBOX_NODES.map((count) => (
                <option key={count} value={count}>
                  {count}
                </option>
              ))}
            </select>
          </fieldset>
          <Choice
            name="cloud"
            label="Cloud"
            hint="On AWS a Service of type LoadBalancer gets an address; on premises it waits."
            choices={{ none: 'On premises', aws: 'AWS' }}
          />
          <Choice
            name="proxy"
            label="kube-proxy"
            hint="How a node's kernel is told where a Service leads."
            choices={{ iptables: 'iptables', ipvs: 'IPVS' }}
          />
          <fieldset className={styles.choice}>
            <legend>Seed</legend>
            <p id="seed-hint">Names, addresses and chance follow from it: the same seed, the same cluster.</p>
            <input
              type="number"
              name="seed"
              min={1}
              max={SANDBOX_SEEDS}
              defaultValue={1}
              required
              aria-label="Seed"
              aria-describedby="seed-hint"
            />
          </fieldset>
          <button type="submit" className={`${buttons.button} ${buttons.primary} ${buttons.large}`}>
            Open the sandbox
          </button>
        </form>
        {own.length > 0 ? (
          <section className={styles.own}>
            <h2>Yours so far</h2>
            <ul>
              {own.map(({ slug: each, words }) => (
                <li key={each}>
                  <Link href={`/labs/${SANDBOX_TRACK}/${each}`}>{words}</Link>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </main>
      <SiteFooter />
    </>
  );
}
