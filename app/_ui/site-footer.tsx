import styles from './site-footer.module.css';

/** The foot of every reading page: whom the course follows, and what the cluster is. */
export function SiteFooter() {
  return (
    <footer className={styles.footer}>
      <p>
        The course follows <cite>Kubernetes Services, comprehensive guide</cite> by Fenil Gajjar. Every
        sentence and every lab here is our own, and so is every mistake.
      </p>
      <p>
        The cluster is simulated, after Kubernetes v1.35. Where the guide and Kubernetes differ, we say so.
      </p>
    </footer>
  );
}
