import type { MetadataRoute } from 'next';

/** Reading pages may be indexed; a lab makes a workspace for whoever opens it, and moves on the front page have no end. */
export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: '*', allow: '/', disallow: ['/labs/', '/socket/', '/?'] } };
}
