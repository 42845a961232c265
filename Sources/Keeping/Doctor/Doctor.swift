import CSoundDevice
import Glibc
import Kernels
import Reading
import Signals
import ToolKit

/// Looks at everything that the tools need on this machine, and tries the main job.
package struct Doctor: Sendable {
    package let findings: [Finding]

    /// - Parameters:
    ///   - environment: the variables that say where models and voices are
    ///   - toolFolder: where the tools lie; nil for where this one does.
    package init(environment: [String: String], toolFolder: String? = nil) {
        let toolFolder = toolFolder ?? Disk.parent(of: Installation.executable)
        findings =
            [Doctor.version, Doctor.processor(environment)] + LibraryCheck.findings
            + Doctor.textLanguages + Doctor.tools(in: toolFolder) + Doctor.models(environment)
            + Doctor.places(environment) + [Doctor.sound]
    }

    private static var version: Finding {
        Finding("Curbcut", .fine, curbcutVersion)
    }

    private static func processor(_ environment: [String: String]) -> Finding {
        let level =
            switch cc_current_level() {
            case CC_LEVEL_AVX2: "AVX2"
            case CC_LEVEL_AVXVNNI: "AVX2 with VNNI"
            case CC_LEVEL_AVX512: "AVX-512 with VNNI"
            case CC_LEVEL_NEON: "NEON with dot product"
            default: "plain C, which is many times slower"
            }
        let found = "kernels for \(level), \(sysconf(Int32(_SC_NPROCESSORS_ONLN))) cores"
        // Safe: a string constant.
        let name = unsafe String(cString: cc_level_name(cc_current_level()))
        guard let wanted = environment["CURBCUT_KERNELS"], !wanted.isEmpty, wanted != name else {
            return Finding("Processor", .fine, found)
        }
        return Finding(
            "Processor", .lacking,
            "\(found); CURBCUT_KERNELS is '\(wanted)', which is none of avx512, avxvnni, avx2, neon and scalar, "
                + "or nothing that this processor has",
            mend: "unset CURBCUT_KERNELS")
    }

    /// Nothing where Tesseract is missing, which the libraries' lines say.
    private static var textLanguages: [Finding] {
        guard let installed = try? InstalledTextLanguages() else { return [] }
        var findings: [Finding] = []
        if !installed.names.isEmpty {
            let shown = installed.names.prefix(12).joined(separator: ", ")
            let more = installed.names.count > 12 ? " and \(installed.names.count - 12) more" : ""
            findings.append(
                Finding(
                    "Text in pictures is read in", .fine,
                    "\(shown)\(more), from \(installed.folder)"))
        }
        if !installed.names.contains("eng") {
            findings.append(
                Finding(
                    "text language eng", .lacking,
                    "text in pictures is read only with --text-language",
                    mend: "sudo apt install " + InstalledTextLanguages.debianPackage(of: "eng")))
        }
        if !installed.canTellOrientation {
            findings.append(
                Finding(
                    "text orientation", .lacking,
                    "text in pictures that lie on their side is missed",
                    mend: "sudo apt install tesseract-ocr-osd"))
        }
        return findings
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
                mend: "speak --list-devices, then speak --device NAME; speak -o FILE needs none")
        }
        // Safe: opened above and closed once.
        unsafe cc_sound_device_close(device)
        return Finding("Sound device", .fine, "the usual one opens")
    }
}

extension [Finding] {
    /// Whether pictures can be described and the words spoken.
    package var areFit: Bool { !contains { $0.state == .broken } }
}
