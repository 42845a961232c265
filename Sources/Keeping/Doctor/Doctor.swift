import CSoundDevice
import Glibc
import Kernels
import ModelStore
import Models
import Signals
import ToolKit

/// Looks at everything that the tools need on this machine.
package struct Doctor: Sendable {
    package let findings: [Finding]

    /// Whether pictures can be described and the words spoken.
    package var isFit: Bool { !findings.contains { $0.state == .broken } }

    /// - Parameters:
    ///   - environment: the variables that say where models and voices are
    ///   - toolFolder: where the tools lie; nil for where this one does.
    package init(environment: [String: String], toolFolder: String? = nil) {
        let toolFolder = toolFolder ?? Disk.parent(of: Installation.executable)
        let inventory = Inventory(environment: environment)
        findings =
            [Doctor.version, Doctor.processor]
            + LibraryCheck.findings
            + ["describe-image", "transcribe", "speak"].flatMap {
                Doctor.tool($0, in: toolFolder)
            }
            + Doctor.voices(toolFolder)
            + Doctor.models(inventory) + [Doctor.store(environment), Doctor.sound]
    }

    private static var version: Finding {
        Finding("Curbcut", .fine, curbcutVersion)
    }

    private static var processor: Finding {
        let level =
            switch cc_current_level() {
            case CC_LEVEL_AVX2: "AVX2"
            case CC_LEVEL_AVX512: "AVX-512 with VNNI"
            case CC_LEVEL_AVX512BF16: "AVX-512 with VNNI and BF16"
            case CC_LEVEL_NEON: "NEON with dot product"
            default: "plain C, which is many times slower"
            }
        return Finding(
            "Processor", .fine,
            "kernels for \(level), \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) cores")
    }

    /// Starts a tool and has it say its version: what it links is there, and it runs.
    private static func tool(_ name: String, in folder: String) -> [Finding] {
        let isNeeded = name != "transcribe"
        guard Disk.size("\(folder)/\(name)") != nil else {
            return [
                Finding(
                    name, isNeeded ? .broken : .lacking, "it is not in \(folder)",
                    mend: "swift build -c release, in the checkout")
            ]
        }
        guard saying("\(folder)/\(name)", "--version") != nil else {
            return [
                Finding(
                    name, isNeeded ? .broken : .lacking, "\(folder)/\(name) does not start",
                    mend: "ldd \(folder)/\(name), which names the missing library")
            ]
        }
        return []
    }

    private static func voices(_ folder: String) -> [Finding] {
        guard let list = saying("\(folder)/speak", "--list-voices") else {
            return [
                Finding(
                    "voices", .broken, "speak lists none",
                    mend: "sudo apt install espeak-ng-data")
            ]
        }
        let count = list.split(separator: "\n").count
        guard count > 0 else {
            return [
                Finding(
                    "voices", .broken, "there are none", mend: "sudo apt install espeak-ng-data")
            ]
        }
        return [Finding("Voices", .fine, "\(count), listed by: speak --list-voices")]
    }

    private static func models(_ inventory: Inventory) -> [Finding] {
        let tasks: [(CatalogueEntry.Task, String, String)] = [
            (.describing, "Pictures are described by", "a model that describes photographs"),
            (.answering, "Questions are answered by", "a model that answers questions"),
            (.transcribing, "Speech is written down by", "a model that writes down speech"),
        ]
        let usable = inventory.models.filter {
            $0.folder != nil && $0.entry?.isTakenOnlyByName != true
        }
        return tasks.flatMap { task, subject, noun -> [Finding] in
            let here = usable.filter { $0.task == task }
            let first = Catalogue.entries.first { $0.task == task && $0.pulledAs != nil }
            let pull = "curbcut pull \(first?.name ?? "NAME")"
            // What came along knows drawings only.
            let fetched = here.filter { $0.keeper != .shipped }
            let names = here.map(\.name).joined(separator: ", ")
            let there = here.isEmpty ? [] : [Finding(subject, .fine, names)]
            if !fetched.isEmpty { return there }
            let isBroken = task == .describing && here.isEmpty
            return there + [
                Finding(noun, isBroken ? .broken : .lacking, "none is installed", mend: pull)
            ]
        }
    }

    private static func store(_ environment: [String: String]) -> Finding {
        do {
            let store = try Store(environment: environment)
            let existing = Disk.kind(store.path) == nil ? " (made by the first pull)" : ""
            let free = nearestFreeBytes(store.path).map { ", \($0.megabytes) free" } ?? ""
            return Finding("Models are kept in", .fine, store.path + existing + free)
        } catch {
            return Finding("folder for models", .lacking, error.what, mend: error.remedy)
        }
    }

    private static func nearestFreeBytes(_ path: String) -> Int? {
        Disk.freeBytes(at: path)
            ?? (path.isEmpty || path == "/" ? nil : nearestFreeBytes(Disk.parent(of: path)))
    }

    private static var sound: Finding {
        var reason = [CChar](repeating: 0, count: 200)
        // Safe: the name lives through the call; at most `reason.count` bytes are written.
        let device = unsafe cc_sound_device_open("default", 22_050, &reason, reason.count)
        guard let device = unsafe device else {
            let bytes = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            return Finding(
                "sound device", .lacking,
                "speak cannot be heard (\(String(decoding: bytes, as: UTF8.self)))",
                mend: "speak -o FILE, which needs none")
        }
        // Safe: opened above and closed once.
        unsafe cc_sound_device_close(device)
        return Finding("Sound device", .fine, "the usual one opens")
    }
}
