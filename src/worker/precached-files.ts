/** What the build tells of one of its output files. */
export type BuiltFile =
  | { type: 'asset'; fileName: string }
  | {
      type: 'chunk';
      fileName: string;
      facadeModuleId: string | null;
      imports: readonly string[];
      dynamicImports: readonly string[];
      /** Style sheets and other assets that the chunk brings along; set by vite. */
      viteMetadata?: { importedCss: ReadonlySet<string>; importedAssets: ReadonlySet<string> };
    };

const isFont = (fileName: string) => /\.(?:woff2?|ttf|otf)$/.test(fileName);

/**
 * All that the entry page can ever load, by following imports, also those that load later: its scripts, their styles and
 * every language's texts. Fonts are left out: most people never need them.
 */
export function filesReachedFrom(page: string, files: readonly BuiltFile[]): string[] {
  const byName = new Map(files.map((file) => [file.fileName, file]));
  const reached = new Set<string>();
  const follow = (fileName: string): void => {
    if (reached.has(fileName)) return;
    reached.add(fileName);
    const file = byName.get(fileName);
    if (file?.type !== 'chunk') return;
    const { imports, dynamicImports, viteMetadata } = file;
    const assets = viteMetadata
      ? [...viteMetadata.importedCss, ...viteMetadata.importedAssets]
      : [];
    for (const next of [...imports, ...dynamicImports, ...assets]) follow(next);
  };
  const entry = files.find(
    (file) => file.type === 'chunk' && (file.facadeModuleId?.endsWith(`/${page}`) ?? false),
  );
  if (!entry) throw new Error(`the build has no entry ${page}`);
  follow(entry.fileName);
  return [...reached].filter((fileName) => !isFont(fileName)).sort();
}

/**
 * The scripts and style sheets that a page names. Icons and the web manifest are not needed without network: the browser
 * fetches them when a person installs the app.
 */
export function filesNamedIn(html: string): string[] {
  const named = /<(?:script[^>]*? src|link rel="stylesheet"[^>]*? href)="\/([^"?#]+)"/g;
  return [...html.matchAll(named)].flatMap(([, path]) => path ?? []);
}
