using System;

namespace HandMeshEngine.Unity
{
    /// <summary>A function of the native library failed; the message says what is wrong and what to do.</summary>
    public sealed class HandMeshException : Exception
    {
        internal HandMeshException(int status, string message)
            : base(message) => Status = status;

        /// <summary>handmesh_status of handmesh.h.</summary>
        public int Status { get; }
    }
}
