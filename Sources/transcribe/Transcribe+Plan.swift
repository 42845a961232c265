import ArgumentParser
import Audio
import Models
import ToolKit
import Transcribing

extension Transcribe {
    /// What the options ask for together.
    var plan: TranscriptPlan {
        var plan = TranscriptPlan(models: model.choice)
        plan.raw = sound.raw
        plan.selection = sound.selection
        plan.format = form.chosen
        plan.style = form.style
        plan.live = live.plan
        plan.detectsLanguage = form.detectLanguage
        plan.tellsProgress = input.progress
        plan.cutting = hearing.rules
        search.fill(&plan.request)
        belief.fill(&plan.request)
        plan.request.language = language.code
        plan.request.recognition.allowedLanguages = language.allowed
        plan.request.recognition.task = language.translate ? .translate : .transcribe
        plan.request.recognition.prompt = language.prompt
        // Subtitles follow the words, not the segments.
        plan.request.recognition.wantsWords = form.words || form.chosen.isShaped
        plan.request.speakers = sound.speakers
        plan.request.startSeconds = plan.selection.fromSeconds
        return plan
    }

    mutating func validate() throws {
        let isOneOfSeveral = input.files.count > 1 || input.listOfFiles != nil
        if !form.lint, !form.chosen.holdsSeveral, isOneOfSeveral, destination.folder == nil {
            throw ValidationError(
                "--format \(form.chosen.rawValue) holds one recording; write each into a folder with -O."
            )
        }
        if form.lint && (live.live || destination.folder != nil) {
            throw ValidationError("--lint only checks; leave out --live and -O.")
        }
        if live.live && (form.detectLanguage || search.jobs > 1 || sound.channelsAreSpeakers) {
            throw ValidationError(
                "--live hears one stretch of one channel at a time; leave out --detect-language, "
                    + "--jobs and --channels-are-speakers.")
        }
        if live.live && sound.span.isGiven {
            throw ValidationError("--live hears what comes; leave out --from and --to.")
        }
    }
}
