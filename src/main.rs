fn main() -> std::process::ExitCode {
    crewline::cli::run()
}
