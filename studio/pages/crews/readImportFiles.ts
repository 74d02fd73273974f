/** What the api takes: a path and a text each. A browser's File, as far as we need it. */
export interface ReadableFile {
  readonly name: string;
  readonly webkitRelativePath?: string;
  readonly size: number;
  readonly text: () => Promise<string>;
}

interface ImportFiles {
  readonly format: 'crewai' | 'troupe';
  readonly name: string | undefined;
  readonly files: Record<string, string>;
}

const WANTED = /\.(ya?ml|py|jsonc?|toml|md|txt)$/i;
const IGNORED = /(^|\/)(\.|__pycache__|node_modules|tests?\/)/;
const LARGEST = 2_000_000;
const MOST = 200;

/** Reads what may belong to a project: a picked folder has much else in it. */
export async function readImportFiles(
  picked: readonly ReadableFile[],
): Promise<ImportFiles | { readonly problem: string }> {
  const wanted = picked.filter((file) => WANTED.test(file.name) && !IGNORED.test(pathOf(file)));
  if (wanted.length === 0)
    return { problem: 'Choose agents.yaml and tasks.yaml, or the whole project folder.' };
  if (wanted.length > MOST)
    return { problem: `These are ${wanted.length} files. Choose the project’s own folder.` };
  const tooLarge = wanted.find((file) => file.size > LARGEST);
  if (tooLarge) return { problem: `${tooLarge.name} is larger than 2 MB.` };
  const texts = await Promise.all(wanted.map(async (file) => [pathOf(file), await file.text()] as const));
  const isOurs = texts.length === 1 && /\.json$/i.test(texts[0]?.[0] ?? '');
  return { format: isOurs ? 'troupe' : 'crewai', name: folderOf(wanted), files: Object.fromEntries(texts) };
}

const pathOf = (file: ReadableFile) => file.webkitRelativePath || file.name;

/** The picked folder's name, as words. */
function folderOf(files: readonly ReadableFile[]): string | undefined {
  const folder = files[0]?.webkitRelativePath?.split('/')[0];
  if (!folder || !files.every((file) => file.webkitRelativePath?.startsWith(`${folder}/`))) return undefined;
  const words = folder.replace(/[_-]+/g, ' ').trim();
  return words === '' ? undefined : words.charAt(0).toUpperCase() + words.slice(1);
}
