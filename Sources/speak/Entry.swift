import Speech
import ToolKit

/// The tool, or the engine's process of a tool that is running.
@main
enum Entry {
    static func main() {
        // Before anything is parsed: somebody waits for the first sound.
        if EngineServer.isAsked { EngineServer.run() }
        Speak.main()
    }
}
