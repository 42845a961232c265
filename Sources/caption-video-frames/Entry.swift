import Speech
import ToolKit

/// The tool, or the speech engine's process of a tool that is running.
@main
enum Entry {
    static func main() {
        if EngineServer.isAsked { EngineServer.run() }
        CaptionVideoFrames.main()
    }
}
