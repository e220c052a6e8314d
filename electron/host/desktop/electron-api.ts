/* eslint-disable @typescript-eslint/unified-signatures -- Electron has one signature for each event, and only the like fits it */
import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  Display,
  DownloadItem as ElectronDownloadItem,
  Event,
  LoginItemSettings,
  LoginItemSettingsOptions,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  NativeImage,
  NativeTheme,
  NotificationConstructorOptions,
  PrintToPDFOptions,
  Rectangle,
  SafeStorage,
  Settings,
  WebFrameMain,
  WindowOpenHandlerResponse,
} from 'electron'

/**
 * The part of Electron that this host uses, and no more. `main.ts` passes the real modules in, tests
 * pass a stand-in: the compiler holds both against these types. What Electron calls back with is
 * narrowed to what is read of it.
 */
export interface ElectronApi {
  readonly app: App
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => BrowserWindow
  readonly Menu: {
    buildFromTemplate(template: MenuItemConstructorOptions[]): Menu
    setApplicationMenu(menu: Menu | null): void
  }
  readonly Notification: {
    new (options: NotificationConstructorOptions): Notification
    isSupported(): boolean
    /** macOS. */
    remove(id: string): void
  }
  readonly Tray: new (image: NativeImage) => Tray
  readonly dialog: {
    /** Stops the whole program until it is closed: for the end of it only. */
    showErrorBox(title: string, content: string): void
    /** On top of a window only: without one it stops the whole program on macOS. */
    showMessageBox(
      window: Pick<BrowserWindow, 'isVisible'>,
      options: MessageBoxOptions,
    ): Promise<{ readonly response: number }>
  }
  readonly globalShortcut: {
    register(accelerator: string, callback: () => void): boolean
    unregisterAll(): void
  }
  readonly ipcMain: IpcMain
  readonly nativeImage: {
    /** Empty when there is no such picture. */
    createFromPath(path: string): NativeImage
    createEmpty(): NativeImage
  }
  readonly nativeTheme: Pick<
    NativeTheme,
    'shouldUseDarkColors' | 'shouldUseDarkColorsForSystemIntegratedUI'
  > & { on(event: 'updated', listener: () => void): unknown }
  readonly powerMonitor: {
    on(event: 'suspend', listener: () => void): unknown
    on(event: 'resume', listener: () => void): unknown
    on(event: 'unlock-screen', listener: () => void): unknown
  }
  readonly protocol: { registerSchemesAsPrivileged(schemes: CustomScheme[]): void }
  readonly safeStorage: KeychainApi
  readonly screen: { getAllDisplays(): Pick<Display, 'workArea'>[] }
  readonly session: SessionsApi
  readonly shell: { openExternal(url: string): Promise<void> }
}

/** What is used of sessions. */
export interface SessionsApi {
  fromPartition(partition: string): Session
}

/** What is used of the keychain. */
export type KeychainApi = Pick<SafeStorage, 'encryptStringAsync' | 'decryptStringAsync'>

/** An event whose usual effect can be prevented. */
export type Preventable = Pick<Event, 'preventDefault'>

/** What is used of `app`. */
export interface App {
  readonly isPackaged: boolean
  readonly commandLine: { appendSwitch(name: string, value?: string): void }
  enableSandbox(): void
  setName(name: string): void
  setPath(name: string, path: string): void
  setAppUserModelId(id: string): void
  /** Linux. */
  setDesktopName(name: string): void
  requestSingleInstanceLock(): boolean
  setAsDefaultProtocolClient(protocol: string, path?: string, args?: string[]): boolean
  getLoginItemSettings(
    options?: LoginItemSettingsOptions,
  ): Pick<LoginItemSettings, 'openAtLogin' | 'wasOpenedAtLogin'>
  setLoginItemSettings(settings: Settings): void
  whenReady(): Promise<void>
  /** Asks to quit: `before-quit`, then `will-quit`. */
  quit(): void
  /** Ends at once. */
  exit(code?: number): void
  on(event: 'second-instance', listener: (event: Event, argv: string[]) => void): unknown
  on(event: 'open-url', listener: (event: Preventable, url: string) => void): unknown
  on(event: 'activate', listener: () => void): unknown
  on(event: 'window-all-closed', listener: () => void): unknown
  on(event: 'before-quit', listener: () => void): unknown
  on(event: 'will-quit', listener: (event: Preventable) => void): unknown
  on(
    event: 'web-contents-created',
    listener: (event: Event, contents: WebContents) => void,
  ): unknown
}

/** What is used of a window. */
export interface BrowserWindow {
  readonly webContents: WebContents
  loadURL(url: string): Promise<void>
  show(): void
  hide(): void
  focus(): void
  restore(): void
  maximize(): void
  setFullScreen(isFullScreen: boolean): void
  destroy(): void
  isVisible(): boolean
  isMinimized(): boolean
  isMaximized(): boolean
  isFocused(): boolean
  isFullScreen(): boolean
  isDestroyed(): boolean
  getNormalBounds(): Rectangle
  setBackgroundColor(color: string): void
  on(event: 'close', listener: (event: Preventable) => void): unknown
  on(event: 'show', listener: () => void): unknown
  on(event: 'restore', listener: () => void): unknown
  on(event: 'unresponsive', listener: () => void): unknown
  on(event: 'responsive', listener: () => void): unknown
  once(event: 'ready-to-show', listener: () => void): unknown
  once(event: 'show', listener: () => void): unknown
  once(event: 'leave-full-screen', listener: () => void): unknown
}

/** What is used of the page in a window. */
export interface WebContents {
  readonly id: number
  isDestroyed(): boolean
  send(channel: string, ...args: unknown[]): void
  reload(): void
  printToPDF(options: PrintToPDFOptions): Promise<Uint8Array>
  setWindowOpenHandler(
    handler: (details: { readonly url: string }) => WindowOpenHandlerResponse,
  ): void
  on(event: 'will-navigate', listener: (details: Navigation) => void): unknown
  on(event: 'will-frame-navigate', listener: (details: Navigation) => void): unknown
  on(event: 'will-redirect', listener: (details: Navigation) => void): unknown
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown
  on(
    event: 'did-start-navigation',
    listener: (details: {
      readonly isMainFrame: boolean
      readonly isSameDocument: boolean
    }) => void,
  ): unknown
  on(
    event: 'render-process-gone',
    listener: (event: Event, details: { readonly reason: string }) => void,
  ): unknown
}

/** A navigation that is about to begin. */
export type Navigation = Preventable & { readonly url: string }

/** What is used of a session. */
export interface Session {
  readonly protocol: {
    handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void
  }
  readonly webRequest: {
    onBeforeRequest(
      listener: (
        details: { readonly url: string },
        callback: (response: { cancel?: boolean }) => void,
      ) => void,
    ): void
  }
  setPermissionRequestHandler(
    handler: (
      contents: unknown,
      permission: string,
      callback: (isGranted: boolean) => void,
      details: { readonly requestingUrl: string },
    ) => void,
  ): void
  setPermissionCheckHandler(
    handler: (contents: unknown, permission: string, requestingOrigin: string) => boolean,
  ): void
  setDevicePermissionHandler(handler: () => boolean): void
  setDisplayMediaRequestHandler(
    handler: (request: unknown, callback: (streams: null) => void) => void,
  ): void
  setSpellCheckerEnabled(isEnabled: boolean): void
  /** As a PAC script answers: `PROXY a:3128; DIRECT`. */
  resolveProxy(url: string): Promise<string>
  on(event: 'will-download', listener: (event: Preventable, item: DownloadItem) => void): unknown
}

/** What is used of a file that the page wants to save. */
export type DownloadItem = Pick<
  ElectronDownloadItem,
  'getURL' | 'getFilename' | 'setSaveDialogOptions'
>

/** What is used of the frame that sent a message. */
export type SenderFrame = Pick<WebFrameMain, 'origin'> & { readonly parent: object | null }

/** A message of a page, as far as its sender is concerned. */
export interface Incoming {
  readonly sender: { readonly id: number }
  readonly senderFrame: SenderFrame | null
}

/** What is used of `ipcMain`. */
export interface IpcMain {
  on(channel: string, listener: (event: Incoming, ...args: unknown[]) => void): unknown
}

/** What is used of a notification. */
export interface Notification {
  show(): void
  close(): void
  on(event: 'show', listener: () => void): unknown
  on(event: 'click', listener: () => void): unknown
  on(event: 'close', listener: (details: { readonly reason?: string }) => void): unknown
  on(event: 'failed', listener: (event: Event, error: string) => void): unknown
  on(event: 'action', listener: (details: { readonly actionIndex: number }) => void): unknown
}

/** What is used of the tray. */
export interface Tray {
  setImage(image: NativeImage): void
  setToolTip(text: string): void
  /** macOS. */
  setTitle(title: string): void
  setContextMenu(menu: Menu | null): void
  destroy(): void
  on(event: 'click', listener: () => void): unknown
}

/** A menu that was built. Only Electron looks into it. */
export interface Menu {
  readonly items: readonly object[]
}
