import { memo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import styles from './Markdown.module.css';

/** An address elsewhere would learn who reads: pictures are links, and links tell nobody where they were. */
const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer noopener nofollow">
      {children}
    </a>
  ),
  img: ({ src, alt }) =>
    typeof src === 'string' ? (
      <a href={src} target="_blank" rel="noreferrer noopener nofollow">
        {alt ? `Picture: ${alt}` : 'Picture'}
      </a>
    ) : null,
};

const rehype = [rehypeSanitize];
const remark = [remarkGfm];

/** What a model wrote, as it meant it to look. Raw HTML in it is text. */
export const Markdown = memo(function Markdown({ text }: { readonly text: string }) {
  return (
    <div className={styles.prose}>
      <ReactMarkdown components={components} rehypePlugins={rehype} remarkPlugins={remark}>
        {text}
      </ReactMarkdown>
    </div>
  );
});
